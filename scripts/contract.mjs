// `npm run test:contract`: the product against real Open WebUI servers from PyPI.
//   -- --versions=newest,0.6.36   which releases; `newest` is the newest one in the registry
//   -- --json FILE                counts for the caller: {"passed":n,"failed":n,"skipped":["name: reason"]}
//   -- --no-build                 dist/ is up to date
//   -- --cli FILE                 another build of the command line
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { say, sayFailure, SetupError } from './lib/console.mjs';
import { CannotRunHere, installOpenWebui, newestVersion, prepareInstaller } from './lib/openWebuiInstall.mjs';
import { startProvider } from './lib/openWebuiProvider.mjs';
import { startOpenWebui } from './lib/openWebuiServer.mjs';
import { rootDir } from './lib/paths.mjs';
import { startServerControl } from './lib/serverControl.mjs';
import { childEnv, launch, onShutdown, runMain, runOrFail } from './lib/processes.mjs';

/** The newest release, and one from before the lists of knowledge, files and chats changed their shape. */
const defaultVersions = 'newest,0.6.36';
const builtCli = path.join(rootDir, 'dist', 'cli.js');

async function main() {
  const { values } = parseArgs({
    options: {
      versions: { type: 'string', default: defaultVersions },
      json: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
      cli: { type: 'string' },
    },
  });
  const wanted = values.versions.split(',').filter(Boolean);
  const unknown = wanted.find((version) => !/^(newest|\d+(\.\d+)+)$/.test(version));
  if (unknown !== undefined) {
    throw new SetupError(`--versions takes releases such as 0.12.4, and "newest"; "${unknown}" is neither.`);
  }
  const total = { passed: 0, failed: 0, skipped: [] };
  for (const result of await runAll(wanted, values)) {
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped.push(...result.skipped);
  }
  if (values.json) {
    await writeFile(values.json, `${JSON.stringify(total)}\n`);
  }
  total.skipped.forEach((name) => console.log(`skipped: ${name}`));
  console.log(`contract: ${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
  return total.failed === 0 ? 0 : 1;
}

async function runAll(wanted, { cli, 'no-build': isBuilt }) {
  try {
    const installer = await prepareInstaller();
    const versions = await Promise.all(wanted.map((v) => (v === 'newest' ? newestVersion(installer) : v)));
    if (!isBuilt && cli === undefined) {
      say('Building the command line');
      await runOrFail('The build', process.execPath, ['esbuild.mjs'], { cwd: rootDir });
    }
    const results = [];
    for (const version of new Set(versions)) {
      results.push(await runVersion(installer, version, path.resolve(cli ?? builtCli)));
    }
    return results;
  } catch (error) {
    return [
      resultOf(
        error,
        wanted.map((version) => `Open WebUI ${version}`),
      ),
    ];
  }
}

async function runVersion(installer, version, cli) {
  const folder = await mkdtemp(path.join(tmpdir(), 'openwebui-sync-contract-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  onShutdown(removeFolder);
  const provider = await startProvider();
  try {
    const venv = await installOpenWebui(installer, version);
    say(`Starting Open WebUI ${version}`);
    const server = await startOpenWebui({ venv, folder, providerUrl: provider.url });
    const control = await startServerControl(server.restart);
    try {
      say(`Testing against Open WebUI ${version} at ${server.url}`);
      return await runTests({ version, server, control, folder, cli });
    } finally {
      control.close();
      await server.stop();
    }
  } catch (error) {
    return resultOf(error, [`Open WebUI ${version}`]);
  } finally {
    provider.close();
    await removeFolder();
  }
}

/** The suite runs in a process of its own, so that a crash of it cannot leave the server behind. */
async function runTests({ version, server, control, folder, cli }) {
  const results = path.join(folder, 'results.json');
  const suite = launch(
    process.execPath,
    [
      path.join(rootDir, 'node_modules/mocha/bin/mocha.js'),
      '--no-config',
      '--import=tsx',
      `--reporter=${path.join(rootDir, 'scripts/lib/resultReporter.cjs')}`,
      'test/contract/contract.test.ts',
    ],
    {
      cwd: rootDir,
      stdio: 'inherit',
      env: childEnv({
        TZ: 'UTC',
        LANG: 'C.UTF-8',
        OPENWEBUI_SYNC_RESULTS: results,
        CONTRACT_VERSION: version,
        CONTRACT_URL: server.url,
        CONTRACT_CONTROL: control.url,
        CONTRACT_DATABASE: server.database,
        CONTRACT_PYTHON: server.python,
        CONTRACT_CLI: cli,
        CONTRACT_FOLDER: folder,
      }),
    },
  );
  await new Promise((resolve, reject) => {
    suite.once('error', reject);
    suite.once('close', resolve);
  });
  const text = await readFile(results, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new Error(`The contract suite for ${version} ended before its results were written`);
  }
  return JSON.parse(text);
}

/** What cannot run here is skipped by name; anything else that went wrong counts as a failure of each name. */
function resultOf(error, names) {
  if (error instanceof CannotRunHere) {
    return { passed: 0, failed: 0, skipped: names.map((name) => `${name}: ${error.message}`) };
  }
  sayFailure(error);
  return { passed: 0, failed: names.length, skipped: [] };
}

await runMain(main, sayFailure);
