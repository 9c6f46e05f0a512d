import assert from 'node:assert/strict';
import type { ReportReader } from '../../src/store/resultSet';
import { rowsOf } from '../../src/store/resultSet';
import { openWarehouseReader } from '../../src/warehouse/reading/openWarehouseReader';
import type { WarehouseReader } from '../../src/warehouse/warehouseTypes';
import { exchange, useMirrors } from '../unit/store/builders';
import { publishChat } from '../unit/store/shards';
import { createSchema, type TestSchema } from './support/postgres';
import { postgresPassword, pushTo, warehouseAt } from './support/warehouses';

describe('A reader of a warehouse', function () {
  this.timeout(60_000);
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
