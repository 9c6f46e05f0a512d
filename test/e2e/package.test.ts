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
const bundlesSchema = object({ extension: object({ inputs: record(string(), unknown()) }) });

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
    const { extension } = parse(bundlesSchema, JSON.parse(readFileSync(bundlesFile, 'utf8')));
    const inputs = Object.keys(extension.inputs);
    assert.ok(inputs.includes('src/extension/extension.ts'));
    assert.deepEqual(
      inputs.filter((path) => /node_modules\/(?:sql\.js|vega|@azure)/.test(path)),
      [],
    );
  });
});
