import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveAllRows, type SaveRequest } from '../../../../src/reports/export/resultExporter';
import { NoDatabaseError } from '../../../../src/store/errors';
import { SqlError } from '../../../../src/store/resultSet';
import { bundle } from '../../store/bundle';
import { message, useMirrors } from '../../store/builders';
import { publishChat } from '../../store/shards';

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
});
