import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ExportLedgerError } from '../../../../src/store/errors';
import { readExports, recordExport, type ExportEntry } from '../../../../src/store/exportLedger/exportLedger';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'exports-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const entry = (changes: Partial<ExportEntry> = {}): ExportEntry => ({
  path: resolve('/tmp/tables'),
  format: 'parquet',
  kind: 'tables',
  instances: [1],
  at: 1_700_000_000,
  ...changes,
});
const report = (path: string, changes: Partial<ExportEntry> = {}): ExportEntry =>
  entry({ path: resolve(path), format: 'html', kind: 'report', ...changes });

describe('the ledger of exports', () => {
  it('holds nothing where nothing was exported', async () => {
    assert.deepEqual(await readExports(root), []);
    assert.equal(existsSync(join(root, 'exports.json')), false, 'reading makes no file');
  });

  it('keeps what was exported in the order of time, for its owner only', async () => {
    await recordExport(root, entry());
    await recordExport(root, report('/tmp/a.html', { isPseudonymised: true }));
    assert.deepEqual(await readExports(root), [entry(), report('/tmp/a.html', { isPseudonymised: true })]);
    if (process.platform !== 'win32') {
      assert.equal(statSync(join(root, 'exports.json')).mode & 0o777, 0o600);
    }
  });

  it('notes a file that is written again once, as the newest', async () => {
    await recordExport(root, report('/tmp/a.html', { instances: [1, 2] }));
    await recordExport(root, report('/tmp/b.html'));
    await recordExport(root, report('/tmp/a.html', { instances: [2], at: 1_700_000_100 }));
    assert.deepEqual(await readExports(root), [
      report('/tmp/b.html'),
      report('/tmp/a.html', { instances: [2], at: 1_700_000_100 }),
    ]);
  });

  it('remembers whose rows a folder of tables held before: their files may be there still', async () => {
    await recordExport(root, entry({ instances: [3, 1] }));
    await recordExport(root, entry({ instances: [2], at: 1_700_000_100 }));
    assert.deepEqual(await readExports(root), [entry({ instances: [1, 2, 3], at: 1_700_000_100 })]);
  });

  it('keeps a place that is on no disk as it is written', async () => {
    await recordExport(root, entry({ path: 'vscode-vfs://github/a/b.csv', kind: 'report', format: 'csv' }));
    assert.equal((await readExports(root))[0]?.path, 'vscode-vfs://github/a/b.csv');
  });

  it('names relative places absolutely', async () => {
    await recordExport(root, entry({ path: 'tables' }));
    assert.equal((await readExports(root))[0]?.path, resolve('tables'));
  });

  it('forgets of more than a thousand those whose files are gone', async () => {
    const kept = join(root, 'kept.html');
    writeFileSync(kept, '');
    const gone = Array.from({ length: 999 }, (_, index) => report(join(root, `${index}.html`)));
    const before = { version: 1, exports: [report(kept), ...gone] };
    writeFileSync(join(root, 'exports.json'), JSON.stringify(before));
    const added = join(root, 'added.html');
    writeFileSync(added, '');
    await recordExport(root, report(added));
    assert.deepEqual(await readExports(root), [report(kept), report(added)]);
  });

  it('loses no entry of two that are noted at once', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => recordExport(root, report(`/tmp/${index}.html`))),
    );
    assert.equal((await readExports(root)).length, 10);
  });

  it('leaves a damaged file as it is and says so', async () => {
    const path = join(root, 'exports.json');
    writeFileSync(path, '{"version":1,"exports":[{"path":""}]}');
    await assert.rejects(readExports(root), (error: Error) => {
      assert.ok(error instanceof ExportLedgerError);
      assert.match(error.message, /exports\.json cannot be used: exports\.0\.path/);
      return true;
    });
    await assert.rejects(recordExport(root, entry()), ExportLedgerError);
    assert.equal(readFileSync(path, 'utf8'), '{"version":1,"exports":[{"path":""}]}');
  });
});
