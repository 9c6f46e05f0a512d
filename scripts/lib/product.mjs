import { createHash } from 'node:crypto';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { say, SetupError } from './console.mjs';
import { npm } from './dependencies.mjs';
import { rootDir, vsixFile } from './paths.mjs';
import { runOrFail } from './processes.mjs';

const stampFile = join(rootDir, 'out', 'product.json');
const outputs = [vsixFile, join(rootDir, 'dist', 'extension.js'), join(rootDir, 'dist', 'sample.js')];
const hostTests = join(rootDir, 'out', 'test', 'host', 'index.js');
/** Top-level entries that the product does not depend on. */
const ignored = new Set([
  '.git',
  'node_modules',
  'dist',
  'out',
  'output',
  'bench',
  'scripts',
  'test',
  '.ci',
  '.vscode',
]);

/**
 * Builds and packages the extension, unless the last build was made from the very same files.
 * @param {{ withHostTests?: boolean }} [options] also what runs inside the extension host
 */
export async function ensureProduct({ withHostTests = false } = {}) {
  const inputs = await fingerprint();
  const wanted = withHostTests ? [...outputs, hostTests] : outputs;
  if ((await readStamp()) === (await stampOf(inputs, wanted))) {
    return;
  }
  say('Building and packaging the extension …');
  if (withHostTests) {
    await runOrFail('Building the tests', process.execPath, ['esbuild.mjs', '--tests'], { cwd: rootDir });
  }
  // Last, since it leaves the production build in dist/, which is what the suites are to run.
  const said = await runOrFail('Packaging the extension', npm, ['run', '--silent', 'package'], {
    cwd: rootDir,
  });
  if (/\bwarning\b/i.test(said)) {
    throw new SetupError(`Packaging the extension warned:\n${said}`);
  }
  await writeFile(stampFile, await stampOf(inputs, wanted));
}

async function readStamp() {
  return readFile(stampFile, 'utf8').catch(() => undefined);
}

/** Inputs and outputs together: a build made by hand in between is noticed too. */
async function stampOf(inputs, files) {
  const times = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 'missing',
      ),
    ),
  );
  return JSON.stringify({ inputs, times });
}

async function fingerprint() {
  const hash = createHash('sha256');
  const top = (await readdir(rootDir)).filter((name) => !ignored.has(name));
  for (const name of [...top, join('test', 'host')].sort()) {
    await addToHash(hash, join(rootDir, name));
  }
  return hash.digest('hex');
}

async function addToHash(hash, path) {
  if ((await stat(path)).isDirectory()) {
    for (const name of (await readdir(path)).sort()) {
      await addToHash(hash, join(path, name));
    }
    return;
  }
  hash.update(`${relative(rootDir, path)}\0`).update(await readFile(path));
}
