import assert from 'node:assert/strict';
import { join } from 'node:path';
import { buildReport } from '../../src/reports/buildReport';
import { overviewReport } from '../../src/reports/overview/overviewReport';
import { loadAnalysis } from '../../src/store/analysis/analysisFile';
import type { ReportReader } from '../../src/store/resultSet';
import { rowsOf } from '../../src/store/resultSet';
import { openWarehouseReader } from '../../src/warehouse/reading/openWarehouseReader';
import { testWarehouse } from '../../src/warehouse/testWarehouse';
import type { WarehouseReader } from '../../src/warehouse/warehouseTypes';
import { requestOf } from '../unit/reports/reading';
import { exchange, useMirrors } from '../unit/store/builders';
import { publishChat } from '../unit/store/shards';
import { createSchema, type TestSchema } from './support/postgres';
import { postgresPassword, pushTo, warehouseAt } from './support/warehouses';

describe('A reader of a warehouse', function () {
  this.timeout(180_000);
  const { root, open } = useMirrors();
  let schema: TestSchema;
  const readers: WarehouseReader[] = [];
  beforeEach(async () => (schema = await createSchema()));
  afterEach(async () => {
    readers.splice(0).forEach((reader) => reader.dispose());
    await schema.drop();
  });

  const reading = async (): Promise<WarehouseReader> => {
    const reader = await openWarehouseReader(warehouseAt(schema.name), postgresPassword());
    readers.push(reader);
    return reader;
  };

  const counted = async (reader: ReportReader, table: string): Promise<unknown> =>
    rowsOf(await reader.query(`SELECT COUNT(*) AS rows FROM ${table}`))[0]?.['rows'];

  it('sees one state, whatever is pushed meanwhile', async () => {
    const mirror = await open();
    publishChat(mirror, 'one', exchange('one'));
    await pushTo(schema.name, root());
    const reader = await reading();
    assert.deepEqual([await reader.generation(), await counted(reader, 'message')], [1, 2]);
    publishChat(mirror, 'two', exchange('two'));
    await pushTo(schema.name, root());
    assert.deepEqual([await reader.generation(), await counted(reader, 'message')], [1, 2]);
    assert.deepEqual([await counted(reader, 'chats'), await counted(reader, 'v_chats')], [1, 1]);
    const later = await reading();
    assert.deepEqual([await later.generation(), await counted(later, 'message')], [2, 4]);
  });

  it('has nothing to report on where the mirror had no instance: what helps is a sync, then a push', async () => {
    const mirror = await open();
    mirror.applyAnalysis(await loadAnalysis(root()));
    await pushTo(schema.name, root());
    await assert.rejects(buildReport(await reading(), overviewReport, requestOf({})), {
      name: 'NoReportDataError',
      message: 'Nothing of it was pushed to this warehouse yet. Run Sync, then push to the warehouse.',
    });
  });

  it('takes lists that hold what no text of PostgreSQL can', async () => {
    publishChat(await open(), 'one', exchange('one'));
    await pushTo(schema.name, root());
    const list = JSON.stringify(['a\0b', '\0\0', '\ud800x\udc00', '\\u0000', '\\\0', '\u{1f600}"', 'ü']);
    const told = await (await reading()).query('SELECT value FROM json_each(:list)', { list });
    assert.deepEqual(
      rowsOf(told).map(({ value }) => value),
      ['a\u2400b', '\u2400\u2400', '\ufffdx\ufffd', '\\u0000', '\\\u2400', '\u{1f600}"', 'ü'],
    );
  });

  it('can be tried from a folder without a mirror, which is no other mirror', async () => {
    publishChat(await open(), 'one', exchange('one'));
    await pushTo(schema.name, root());
    const { isNew, lastPush } = await testWarehouse(
      join(root(), 'elsewhere'),
      warehouseAt(schema.name),
      postgresPassword(),
    );
    assert.deepEqual([isNew, lastPush?.generation], [false, 1]);
  });

  it('goes on behind a statement that fails, also where the next was asked for already', async () => {
    publishChat(await open(), 'one', exchange('one'));
    await pushTo(schema.name, root());
    const reader = await reading();
    const [failed, next] = await Promise.allSettled([
      reader.query('SELECT nothing FROM message'),
      counted(reader, 'message'),
    ]);
    assert.equal(failed.status === 'rejected' && (failed.reason as Error).name, 'SqlError');
    assert.deepEqual(next, { status: 'fulfilled', value: 2 });
  });

  it('leaves no statement behind that nobody waits for any more', async () => {
    publishChat(await open(), 'one', exchange('one'));
    await pushTo(schema.name, root());
    // One that counts, and one that waits for somebody's lock.
    await schema.client.query('BEGIN; LOCK TABLE chats IN ACCESS EXCLUSIVE MODE');
    const asked = [
      'SELECT COUNT(*) FROM generate_series(1, 1000000000000) AS n',
      'SELECT COUNT(*) FROM chats',
    ];
    const answers: Promise<unknown>[] = [];
    for (const sql of asked) {
      const reader = await reading();
      answers.push(assert.rejects(reader.query(sql), { name: 'WarehouseError' }));
    }
    await untilRunning(asked.length);
    readers.splice(0).forEach((reader) => reader.dispose());
    await Promise.all(answers);
    await untilRunning(0);
    await schema.client.query('ROLLBACK');
  });

  /** Waits until the server runs so many statements of readers of this schema; the test fails by its time otherwise. */
  const untilRunning = async (statements: number): Promise<void> => {
    await schema.client.query(`DO $$ BEGIN
      WHILE (SELECT count(*) FROM pg_stat_activity WHERE application_name = 'openwebui-sync' AND state = 'active'
          AND datname = current_database() AND query LIKE 'SELECT COUNT(*) FROM %') <> ${statements} LOOP
        PERFORM pg_sleep(0.05); PERFORM pg_stat_clear_snapshot();
      END LOOP; END $$`);
  };

  it('writes nothing', async () => {
    publishChat(await open(), 'one', exchange('one'));
    await pushTo(schema.name, root());
    const reader = await reading();
    for (const sql of [
      'DELETE FROM message_text',
      'CREATE TABLE mine (id bigint)',
      `SELECT nextval('warehouse_pushes_id_seq')`,
    ]) {
      await assert.rejects(reader.query(sql), { name: 'SqlError', message: /read-only transaction/u });
    }
    assert.equal(await counted(reader, 'message_text'), 2);
  });
});
