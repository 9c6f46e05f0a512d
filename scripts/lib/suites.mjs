import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureCodeServer } from './codeServer.mjs';
import { npm } from './dependencies.mjs';
import { runHostSuite } from './hostSuite.mjs';
import { ensurePandas } from './pandas.mjs';
import { rootDir, vsixFile } from './paths.mjs';
import { fetchPostgres } from './portablePostgres.mjs';
import { ensurePostgres, startPostgres } from './postgres.mjs';
import { childEnv, run } from './processes.mjs';
import { ensureProduct } from './product.mjs';
import { offerSystemPackages } from './systemPackages.mjs';

/**
 * What a suite came to; `skipped` holds names, `failures` names with their messages where the suite tells them.
 * @typedef {{ passed: number, failed: number, skipped: readonly string[], failures?: readonly string[] }} Result
 *
 * `onLine` takes the suite's output, `mochaArgs` go to mocha, `env` to every process.
 * @typedef {{ onLine: (line: string) => void, mochaArgs: readonly string[], env: Record<string, string> }} Context
 *
 * `onlyWithAll` marks what `npm test` leaves to `npm test -- --all`; `needsBuild` what tests the built product.
 * @typedef {{ name: string, title: string, onlyWithAll?: boolean, needsBuild?: boolean, run: (context: Context) => Promise<Result> }} Suite
 */

/** Counts as a test of its own when a suite needs it. @type {Suite} */
export const build = {
  name: 'build',
  title: 'Build',
  run: async () => {
    await ensureProduct({ withHostTests: true });
    return { passed: 1, failed: 0, skipped: [] };
  },
};

/** Takes pictures of every step as well. @type {Suite} */
export const e2e = {
  name: 'e2e',
  title: 'Tests of the packaged extension in a real VS Code',
  needsBuild: true,
  run: e2eSuite,
};

/** Files of unit tests that run at once: they share nothing, and a few take a gigabyte of memory. */
const unitJobs = Math.min(availableParallelism(), 4);

/** In this order: what is quick and tells most comes first. @type {readonly Suite[]} */
export const suites = [
  { name: 'lint', title: 'Lint', run: npmCheck('lint') },
  { name: 'format', title: 'Format', run: npmCheck('format:check') },
  { name: 'typecheck', title: 'Types', run: npmCheck('typecheck') },
  { name: 'unused', title: 'Unused code and dependencies', run: npmCheck('unused') },
  { name: 'unit', title: 'Unit tests', needsBuild: true, run: unitSuite },
  {
    name: 'warehouse',
    title: 'Tests of warehouses with a real PostgreSQL',
    needsBuild: true,
    run: warehouseSuite,
  },
  { name: 'exports', title: 'Exports read by pandas', run: exportsSuite },
  {
    name: 'browser',
    title: 'Tests of the pages of webviews in a browser',
    needsBuild: true,
    run: browserSuite,
  },
  {
    name: 'host',
    title: 'Tests inside the extension host of a real VS Code',
    needsBuild: true,
    run: hostSuite(),
  },
  e2e,
  {
    name: 'contract',
    title: 'Contract with a real Open WebUI',
    needsBuild: true,
    onlyWithAll: true,
    run: contractSuite(),
  },
  {
    name: 'kill',
    title: 'Killed at any point',
    needsBuild: true,
    onlyWithAll: true,
    run: mochaSuite('test/kill'),
  },
];

/**
 * A command of package.json that counts as one test.
 * @param {string} script
 * @param {readonly string[]} [args]
 */
export function npmCheck(script, args = []) {
  return async ({ onLine, env }) => {
    const { code } = await run(npm, ['run', '--silent', script, '--', ...args], {
      cwd: rootDir,
      env: childEnv(env),
      onLine,
    });
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
  };
}

/**
 * The tests of a folder.
 * @param {string} folder
 * @param {Record<string, string>} [extraEnv]
 * @param {number} [jobs] files that run at once, each in a process of its own
 */
export function mochaSuite(folder, extraEnv = {}, jobs = 1) {
  return ({ onLine, mochaArgs, env }) =>
    withResultFile(folder, async (resultEnv) => {
      const config = ['.mocharc.json', join(folder, '.mocharc.json')].filter((file) =>
        existsSync(join(rootDir, file)),
      );
      const args = [
        join(rootDir, 'node_modules', 'mocha', 'bin', 'mocha.js'),
        ...['--config', config.at(-1)],
        ...['--reporter', join(rootDir, 'scripts', 'lib', 'resultReporter.cjs'), '--forbid-only'],
        ...(process.stdout.isTTY ? ['--color'] : []),
        ...(jobs > 1 ? ['--parallel', '--jobs', String(jobs)] : []),
        ...mochaArgs,
        `${folder}/**/*.test.ts`,
      ];
      const { code } = await run(process.execPath, args, {
        cwd: rootDir,
        env: childEnv({ ...env, ...extraEnv, ...resultEnv }),
        onLine,
      });
      return code;
    });
}

async function unitSuite(context) {
  // Other people's programs open what was published and check what schedulers are told; without them those tests are skipped by name.
  await offerSystemPackages(
    [
      { name: 'sqlite3', programs: ['sqlite3'] },
      { name: 'libxml2-utils', programs: ['xmllint'] },
    ],
    'for some of the unit tests',
  );
  return mochaSuite('test/unit', {}, unitJobs)(context);
}

async function warehouseSuite(context) {
  const programs = await ensurePostgres();
  return programs === undefined
    ? { passed: 0, failed: 0, skipped: ['warehouse: there is no PostgreSQL here'] }
    : runWarehouseTests(programs, context);
}

/** The tests of warehouses with a server of these programs. Those of poolers are skipped by name without one. */
async function runWarehouseTests(programs, context) {
  await offerSystemPackages([{ name: 'pgbouncer', programs: ['pgbouncer'] }], 'for the tests of poolers');
  return mochaSuite('test/warehouse', { OPENWEBUI_SYNC_POSTGRES: await startPostgres(programs) })(context);
}

/**
 * The tests of warehouses with a release that is fetched.
 * @param {string} release of `postgresReleases`
 */
export function warehouseReleaseSuite(release) {
  return async (context) => {
    const { programs, missing } = await fetchPostgres(release);
    return programs === undefined
      ? { passed: 0, failed: 0, skipped: [`warehouse: ${missing}`] }
      : runWarehouseTests(programs, context);
  };
}

async function exportsSuite(context) {
  const { python, missing } = await ensurePandas();
  return python === undefined
    ? { passed: 0, failed: 0, skipped: [`exports: ${missing}`] }
    : mochaSuite('test/exports', { OPENWEBUI_SYNC_PANDAS: python })(context);
}

/** @param {import('./codeServer.mjs').Release} [release] of VS Code; without it the one that is at hand */
export function hostSuite(release) {
  return async ({ onLine, env, mochaArgs }) => {
    const programs = await ensurePostgres();
    // Tests of warehouses are skipped by name without one.
    const postgres = programs === undefined ? {} : { OPENWEBUI_SYNC_POSTGRES: await startPostgres(programs) };
    return withResultFile('test/host', (resultEnv) =>
      runHostSuite({
        // Mocha runs inside the editor, which gets no arguments of ours.
        env: { ...env, ...resultEnv, ...postgres, OPENWEBUI_SYNC_MOCHA_ARGS: JSON.stringify(mochaArgs) },
        onLine,
        release,
      }),
    );
  };
}

async function browserSuite(context) {
  return mochaSuite('test/browser', { OPENWEBUI_SYNC_BROWSER: await ensureBrowser() })(context);
}

async function e2eSuite(context) {
  if (process.platform === 'win32') {
    return { passed: 0, failed: 0, skipped: ['e2e: code-server does not run on Windows'] };
  }
  const [codeServer, browser] = [await ensureCodeServer(), await ensureBrowser()];
  const tools = { OPENWEBUI_SYNC_E2E: JSON.stringify({ codeServer, browser, vsix: vsixFile }) };
  return mochaSuite('test/e2e', tools)(context);
}

/**
 * The contract test is a program of its own, which writes the same counts.
 * @param {readonly string[]} [versions] of Open WebUI; without them the program's own choice
 */
export function contractSuite(versions) {
  return scriptSuite('contract', [
    '--no-build',
    ...(versions === undefined ? [] : [`--versions=${versions.join(',')}`]),
  ]);
}

/**
 * A script that writes its counts where `--json` says.
 * @param {string} name below `scripts`, without its ending
 * @param {readonly string[]} args
 */
export function scriptSuite(name, args) {
  return ({ onLine, env }) =>
    withResultFile(name, async (resultEnv) => {
      const script = join(rootDir, 'scripts', `${name}.mjs`);
      const all = [script, ...args, '--json', resultEnv.OPENWEBUI_SYNC_RESULTS];
      const { code } = await run(process.execPath, all, { cwd: rootDir, env: childEnv(env), onLine });
      return code;
    });
}

/** Gives a suite a file to write its counts to. */
async function withResultFile(folder, runSuite) {
  const file = join(rootDir, 'out', `results-${folder.replace('/', '-')}.json`);
  await rm(file, { force: true });
  const code = await runSuite({ OPENWEBUI_SYNC_RESULTS: file });
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return checked(text === undefined ? { passed: 0, failed: 0, skipped: [] } : JSON.parse(text), code);
}

/** A suite that died or ran nothing has failed, whatever it counted. */
function checked(result, code) {
  const ranNothing = result.passed + result.failed + result.skipped.length === 0;
  const failedUnseen = result.failed === 0 && (code !== 0 || ranNothing);
  return failedUnseen ? { ...result, failed: 1 } : result;
}
