import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { object, parse, record, string, unknown } from 'valibot';
import { packageFiles } from './support/packageFiles';
import { readTools } from './support/tools';
import { listZip } from './support/zip';

const megabyte = 1024 * 1024;
const largestSize = 6 * megabyte;

/** What the build says it has put into each bundle. */
const bundlesFile = join(__dirname, '..', '..', 'out', 'bundles.json');
const bundlesSchema = record(string(), object({ inputs: record(string(), unknown()) }));

/** Sources of each bundle, by its name in the build. */
function readBundles(): ReadonlyMap<string, readonly string[]> {
  const bundles = parse(bundlesSchema, JSON.parse(readFileSync(bundlesFile, 'utf8')));
  return new Map(Object.entries(bundles).map(([name, { inputs }]) => [name, Object.keys(inputs)]));
}

describe('the package', () => {
  const archive = readFileSync(readTools().vsix);
  const names = listZip(archive);

  it('stays below 6 MB', () => {
    assert.ok(archive.length < largestSize, `${(archive.length / megabyte).toFixed(1)} MB`);
  });

  it('holds what runs and nothing else', () => {
    assert.deepEqual([...names].sort(), [...packageFiles].sort());
  });

  it('does not hold the sample server', () => {
    assert.deepEqual(
      names.filter((name) => name.includes('sample')),
      [],
    );
  });

  it('loads no SQLite, no charts and no cloud client before they are needed', () => {
    const inputs = readBundles().get('extension') ?? [];
    assert.ok(inputs.includes('src/extension/extension.ts'));
    assert.deepEqual(
      inputs.filter((path) => /node_modules\/(?:sql\.js|vega|@azure)/.test(path)),
      [],
    );
  });

  it('keeps the SDK of Azure in a bundle of its own', () => {
    const holders = [...readBundles()]
      .filter(([, inputs]) => inputs.some((path) => path.includes('node_modules/@azure/')))
      .map(([name]) => name);
    assert.deepEqual(holders, ['azure']);
  });
});
