import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { FURTHER_FILES, NEEDED_FILES } from '../../../src/headless/cliFiles';

const ROOT = join(__dirname, '..', '..', '..');
const FILES: readonly string[] = [...NEEDED_FILES, ...FURTHER_FILES];
/** They name bundles without loading them. */
const LISTS = ['src/headless/cliFiles.ts', 'src/headless/launcher.ts'];

const bundlesSchema = v.record(
  v.string(),
  v.object({ inputs: v.record(v.string(), v.unknown()), outputs: v.record(v.string(), v.unknown()) }),
);

/** What the build says went into each bundle. */
function bundles() {
  const path = join(ROOT, 'out', 'bundles.json');
  assert.ok(existsSync(path), 'out/bundles.json is missing: run "npm run build" first');
  return Object.values(v.parse(bundlesSchema, JSON.parse(readFileSync(path, 'utf8'))));
}

/** Files of `dist` that the sources of a bundle name, such as `'reader.js'`. */
function namedBy(sources: readonly string[], built: readonly string[]): readonly string[] {
  const byName = new Map(built.map((path) => [basename(path), path]));
  return sources
    .filter((path) => path.startsWith('src/') && path.endsWith('.ts') && !LISTS.includes(path))
    .flatMap((path) => [...readFileSync(join(ROOT, path), 'utf8').matchAll(/'([\w.-]+\.(?:js|wasm))'/gu)])
    .flatMap(([, name = '']) => byName.get(name) ?? []);
}

/** All that the command line may load, and what that loads. */
function loadedByTheCommandLine(): readonly string[] {
  const all = bundles();
  const built = [...all.flatMap(({ outputs }) => Object.keys(outputs)), 'dist/sql-wasm.wasm'].map((path) =>
    path.replace(/^dist\//u, ''),
  );
  const found = new Set(['cli.js']);
  // A set hands out what is added to it meanwhile.
  for (const file of found) {
    const bundle = all.find(({ outputs }) => `dist/${file}` in outputs);
    namedBy(Object.keys(bundle?.inputs ?? {}), built).forEach((name) => found.add(name));
  }
  return [...found].sort();
}

/** Entries of an ignore file that bring a file of `dist` back. */
function broughtBack(ignoreFile: string): readonly string[] {
  const lines = readFileSync(join(ROOT, ignoreFile), 'utf8').split('\n');
  return lines.flatMap((line) => /^!\/?dist\/(.+\..+)$/u.exec(line)?.[1] ?? []).sort();
}

describe('the files of the command line', () => {
  it('are all that it may load, and nothing else', () => {
    assert.deepEqual([...FILES].sort(), loadedByTheCommandLine());
  });

  it('are all that npm packs', () => {
    assert.deepEqual(broughtBack('.npmignore'), [...FILES].sort());
  });

  it('are all in the extension, which copies them', () => {
    const shipped = broughtBack('.vscodeignore');
    const isShipped = (file: string): boolean =>
      shipped.includes(file) || (/^webview\/\w+\.js$/u.test(file) && shipped.includes('webview/*.js'));
    assert.deepEqual(
      FILES.filter((file) => !isShipped(file)),
      [],
    );
  });
});
