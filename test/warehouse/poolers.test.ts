import assert from 'node:assert/strict';
import { Client } from 'pg';
import { rowsOf } from '../../src/store/resultSet';
import { openWarehouseReader } from '../../src/warehouse/reading/openWarehouseReader';
import { testWarehouse } from '../../src/warehouse/testWarehouse';
import { exchange, useMirrors } from '../unit/store/builders';
import { publishChat } from '../unit/store/shards';
import { hasPgBouncer, startPgBouncer, type PgBouncer } from './support/pgbouncer';
import { useSchema } from './support/postgres';
import { assertEqualToMirror } from './support/pushed';
import { postgresPassword, pushTo, warehouseAt } from './support/warehouses';

const SHARED = {
  name: 'WarehouseError',
  message:
    'The warehouse Lake is behind a pooler that shares its connections between transactions: a push needs one of its own. Connect to PostgreSQL directly, or let the pooler keep sessions (PgBouncer: pool_mode = session).',
};

describe('A warehouse behind PgBouncer', function () {
  this.timeout(180_000);
  const { root, open } = useMirrors();
  const schema = useSchema();
  let pooler: PgBouncer | undefined;
  before(function () {
    if (!hasPgBouncer) {
      this.skip();
    }
  });
  afterEach(async () => {
    await pooler?.stop();
    pooler = undefined;
  });

  /** The warehouse by way of a pooler. */
  const behind = async (
    mode: string,
    ...more: readonly string[]
  ): Promise<ReturnType<typeof warehouseAt>> => {
    pooler = await startPgBouncer(mode, ...more);
    return warehouseAt(schema.name, { port: pooler.port });
  };

  for (const more of [[], ['server_round_robin = 1']]) {
    it(`is refused where it shares connections between transactions ${more.join()}`, async () => {
      publishChat(await open(), 'one', exchange('one'));
      const warehouse = await behind('transaction', ...more);
      await assert.rejects(testWarehouse(root(), warehouse, postgresPassword()), SHARED);
      await assert.rejects(pushTo(schema.name, root(), { warehouse }), SHARED);
    });
  }

  it('is refused there too where others use the pooler meanwhile', async () => {
    publishChat(await open(), 'one', exchange('one'));
    const warehouse = await behind('transaction');
    const { host, port, database, user } = warehouse;
    const others = [1, 2, 3].map(
      () => new Client({ host, port, database, user, password: postgresPassword() }),
    );
    for (const other of others) {
      await other.connect();
      await other.query('BEGIN; SELECT 1');
    }
    await others[0]?.query('COMMIT');
    await others[1]?.query('COMMIT');
    await assert.rejects(pushTo(schema.name, root(), { warehouse }), SHARED);
    await Promise.all(others.map((other) => other.end()));
  });

  it('leaves nothing set or locked behind for others where it is refused', async () => {
    publishChat(await open(), 'one', exchange('one'));
    const warehouse = await behind('transaction');
    await assert.rejects(pushTo(schema.name, root(), { warehouse }), SHARED);
    const { host, port, database, user } = warehouse;
    const other = new Client({ host, port, database, user, password: postgresPassword() });
    await other.connect();
    const { rows } = await other.query<Record<string, string>>(
      `SELECT current_setting('search_path') AS path, current_setting('statement_timeout') AS limit,
         (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks`,
    );
    await other.end();
    assert.deepEqual(rows, [{ path: '"$user", public', limit: '0', locks: 0 }]);
  });

  it('is read by reports all the same, which leave nothing behind either', async () => {
    const mirror = await open();
    publishChat(mirror, 'one', exchange('one'));
    await pushTo(schema.name, root());
    const warehouse = await behind('transaction', 'default_pool_size = 1');
    const reader = await openWarehouseReader(warehouse, postgresPassword());
    const counted = async (): Promise<unknown> =>
      rowsOf(await reader.query('SELECT COUNT(*) AS rows FROM v_chats WHERE chat_id > :id', { id: 0 }))[0];
    assert.deepEqual(await counted(), { rows: 1 });
    publishChat(mirror, 'two', exchange('two'));
    await pushTo(schema.name, root());
    assert.deepEqual(await counted(), { rows: 1 });
    reader.dispose();
    const { host, port, database, user } = warehouse;
    const other = new Client({ host, port, database, user, password: postgresPassword() });
    await other.connect();
    const { rows } = await other.query("SELECT current_setting('search_path') AS path");
    await other.end();
    assert.deepEqual(rows, [{ path: '"$user", public' }]);
  });

  for (const more of [[], ['default_pool_size = 1']]) {
    it(`is pushed to where it keeps sessions ${more.join()}`, async () => {
      publishChat(await open(), 'one', exchange('one'));
      const warehouse = await behind('session', ...more);
      await pushTo(schema.name, root(), { warehouse });
      await assertEqualToMirror(schema.client, root());
      assert.equal((await pushTo(schema.name, root(), { warehouse })).hadNews, false);
      const reader = await openWarehouseReader(warehouse, postgresPassword());
      assert.equal(await reader.generation(), 1);
      reader.dispose();
    });
  }

  it('says plainly where it knows no transactions', async () => {
    publishChat(await open(), 'one', exchange('one'));
    await pushTo(schema.name, root());
    const warehouse = await behind('statement');
    const refusal = {
      name: 'WarehouseError',
      message: 'The warehouse Lake says: transaction blocks not allowed in statement pooling mode.',
    };
    await assert.rejects(pushTo(schema.name, root(), { warehouse }), refusal);
    await assert.rejects(openWarehouseReader(warehouse, postgresPassword()), refusal);
  });

  it('says what a pooler refuses with', async () => {
    const warehouse = await behind('session');
    await assert.rejects(testWarehouse(root(), warehouse, 'wrong'), {
      name: 'WarehouseError',
      message: 'The warehouse Lake refuses the user sync or the password. Check both.',
    });
    await assert.rejects(testWarehouse(root(), { ...warehouse, database: 'nothing' }, postgresPassword()), {
      name: 'WarehouseError',
      message: 'The warehouse Lake says: no such database: nothing.',
    });
  });
});
