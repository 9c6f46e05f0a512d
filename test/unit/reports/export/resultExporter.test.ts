import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveAllRows, type SaveRequest } from '../../../../src/reports/export/resultExporter';
import { NoDatabaseError } from '../../../../src/store/errors';
import { SqlError } from '../../../../src/store/resultSet';
import { bundle } from '../../store/bundle';
import { message, useMirrors } from '../../store/builders';
import { messagesOf, publishChat } from '../../store/shards';

const NUMBERS =
  'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) SELECT i FROM n';
const ENDLESS = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

describe('saving all rows of a statement', () => {
  const { root, open } = useMirrors();
  const out = mkdtempSync(join(tmpdir(), 'openwebui-sync-saved-'));
  let workerPath: (name: string) => string;
  before(async () => {
    workerPath = await bundle(out, { resultExport: 'src/reports/export/resultExportWorker.ts' });
  });
  after(() => rmSync(out, { recursive: true, force: true }));

  const save = (statement: SaveRequest['statement'], overrides: Partial<SaveRequest> = {}): Promise<number> =>
    saveAllRows({
      workerPath: workerPath('resultExport'),
      folder: root(),
      statement,
      path: join(out, 'folder', 'result.csv'),
      format: 'csv',
      signal: new AbortController().signal,
      ...overrides,
    });

  /** Something must be there to be read. */
  async function publishSomething(): Promise<void> {
    publishChat(await open(), 'c1', [message('m1')]);
  }

  it('writes every row, whatever a grid was limited to', async () => {
    await publishSomething();
    assert.equal(await save({ sql: NUMBERS, parameters: { most: 25_000 } }), 25_000);
    const lines = readFileSync(join(out, 'folder', 'result.csv'), 'utf8')
      .trimEnd()
      .split('\r\n');
    assert.deepEqual([lines.length, lines.at(-1)], [25_001, '25000']);
    assert.deepEqual(readdirSync(join(out, 'folder')), ['result.csv']);
  });

  it('is cancelled in the middle and leaves no file', async () => {
    await publishSomething();
    const abort = new AbortController();
    const path = join(out, 'endless', 'result.csv');
    const saving = save({ sql: ENDLESS }, { path, signal: abort.signal });
    abort.abort();
    await assert.rejects(saving, { name: 'AbortError' });
    assert.throws(() => readdirSync(join(out, 'endless')), /ENOENT/);
  });

  it('tells what is wrong with a statement, and that there is nothing yet', async () => {
    await assert.rejects(save({ sql: 'SELECT 1' }), NoDatabaseError);
    await publishSomething();
    await assert.rejects(save({ sql: 'SELECT x' }), SqlError);
  });

  it('says how far it is, at most four times a second', async () => {
    await publishSomething();
    const counts: number[] = [];
    const enough = new AbortController();
    const startedAt = performance.now();
    // Endless: however fast the machine is, there is time to tell it twice.
    const saving = save(
      { sql: NUMBERS, parameters: { most: 1e12 } },
      {
        path: join(out, 'told.csv'),
        signal: enough.signal,
        onRows: (rows) => counts.push(rows) === 2 && enough.abort(),
      },
    );
    await assert.rejects(saving, { name: 'AbortError' });
    const [first = 0, second = 0] = counts;
    assert.ok(first > 0 && second > first, String(counts));
    assert.ok(performance.now() - startedAt >= 500);
  });

  it('writes texts of shards, more than are read one by one', async () => {
    const mirror = await open();
    publishChat(mirror, 'c1', messagesOf('c1', 2_500));
    const path = join(out, 'texts.json');
    const sql = 'SELECT id, content FROM messages ORDER BY id';
    assert.equal(await save({ sql }, { path, format: 'json' }), 2_500);
    const rows = JSON.parse(readFileSync(path, 'utf8')) as { readonly content: string }[];
    assert.equal(rows.length, 2_500);
    assert.ok(rows.every(({ content }) => content !== ''));
  });

  for (const format of ['xlsx', 'parquet'] as const) {
    it(`refuses what is too large for ${format}, names CSV and leaves no file`, async () => {
      await publishSomething();
      const folder = join(out, `large-${format}`);
      const large = { sql: 'SELECT hex(zeroblob(5000)) AS text UNION ALL SELECT 1' };
      await assert.rejects(
        save(large, { path: join(folder, 'a'), format, limits: { size: 100, sheetRows: 10 } }),
        /as CSV/u,
      );
      assert.deepEqual(readdirSync(folder), []);
    });
  }

  it('refuses more rows than a sheet has', async () => {
    await publishSomething();
    const limits = { size: 1e6, sheetRows: 10 };
    const overrides = { path: join(out, 'rows.xlsx'), format: 'xlsx', limits } as const;
    assert.equal(await save({ sql: NUMBERS, parameters: { most: 10 } }, overrides), 10);
    await assert.rejects(save({ sql: NUMBERS, parameters: { most: 11 } }, overrides), /more than 10 rows/u);
  });

  it('says what is wrong with the file, not with the data', async () => {
    await publishSomething();
    const path = join(out, 'x'.repeat(300));
    await assert.rejects(save({ sql: 'SELECT 1' }, { path }), /ENAMETOOLONG/u);
  });
});
