import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addWarehouse,
  loadWarehouses,
  noteLastPush,
  removeWarehouse,
  warehouseNamed,
} from '../../../src/warehouse/warehousesFile';
import type { Warehouse } from '../../../src/warehouse/warehouseTypes';
import { useTemporaryFolder } from '../store/builders';

const LAKE: Warehouse = {
  name: 'Lake',
  host: 'db.example.org',
  port: 5432,
  database: 'usage',
  user: 'sync',
  schema: 'openwebui',
  ssl: 'verify-full',
  password: { kind: 'environment', variable: 'LAKE_PASSWORD' },
};

describe('warehouses.json', () => {
  const root = useTemporaryFolder();
  const path = (): string => join(root(), 'warehouses.json');

  it('holds no warehouse where it is missing', async () => {
    assert.deepEqual(await loadWarehouses(root()), []);
  });

  it('keeps what was added, for its owner alone', async () => {
    await addWarehouse(root(), LAKE);
    await addWarehouse(root(), { ...LAKE, name: ' River ', schema: 'other', password: undefined });
    assert.deepEqual(
      (await loadWarehouses(root())).map(({ name, schema }) => [name, schema]),
      [
        ['Lake', 'openwebui'],
        ['River', 'other'],
      ],
    );
    assert.equal(statSync(path()).mode & 0o777, 0o600);
  });

  it('takes a name once, whatever its case, and a place once', async () => {
    await addWarehouse(root(), LAKE);
    await assert.rejects(addWarehouse(root(), { ...LAKE, name: 'LAKE', schema: 'other' }), {
      name: 'WarehouseError',
      message: 'There is a warehouse "LAKE" already. Choose another name.',
    });
    await assert.rejects(addWarehouse(root(), { ...LAKE, name: 'Pond', host: 'DB.example.org' }), {
      name: 'WarehouseError',
      message: 'This database and schema is the warehouse "Lake" already.',
    });
  });

  it('takes only names that can be shown in a line, and shows those that somebody else wrote so', async () => {
    for (const name of ['Lake\nRiver', 'La\u001b[31mke', 'La\u202eke', 'La\u2028ke']) {
      await assert.rejects(addWarehouse(root(), { ...LAKE, name }), {
        name: 'WarehouseError',
        message: /Leave line ends and control characters out of the name\./u,
      });
    }
    await assert.rejects(addWarehouse(root(), { ...LAKE, name: ' ' }), { message: /Enter a name\./u });
    const written = { ...LAKE, name: 'La\u001b[31mke' };
    writeFileSync(path(), JSON.stringify({ version: 1, warehouses: [written] }));
    assert.deepEqual(
      (await loadWarehouses(root())).map(({ name }) => name),
      ['La·[31mke'],
    );
  });

  it('takes only names of schemas that need no quotes', async () => {
    for (const schema of ['', 'Open', 'a-b', 'pg_catalog', '1st', 'a"; DROP TABLE x', 'x'.repeat(64)]) {
      await assert.rejects(addWarehouse(root(), { ...LAKE, schema }), {
        name: 'WarehouseError',
        message: /Name the schema with small letters, digits and underscores/u,
      });
    }
  });

  it('forgets a warehouse; twice is no error', async () => {
    await addWarehouse(root(), LAKE);
    assert.equal(await removeWarehouse(root(), 'lake'), true);
    assert.equal(await removeWarehouse(root(), 'lake'), false);
    assert.deepEqual(await loadWarehouses(root()), []);
  });

  it('knows the last push', async () => {
    await addWarehouse(root(), LAKE);
    const lastPush = { finishedAt: 1, generation: 2, inserted: 3, updated: 4, marked: 5, deleted: 6 };
    await noteLastPush(root(), 'Lake', lastPush);
    assert.deepEqual(warehouseNamed(await loadWarehouses(root()), 'LAKE')?.lastPush, lastPush);
  });

  it('is left as it is where it is damaged', async () => {
    writeFileSync(path(), '{"version": 1, "warehouses": [{"name": "Lake"}]}');
    await assert.rejects(loadWarehouses(root()), {
      name: 'WarehousesFileError',
      message: /warehouses\.json cannot be used: warehouses\.0\.host: .*Correct the file or move it away\.$/u,
    });
    await assert.rejects(addWarehouse(root(), LAKE), { name: 'WarehousesFileError' });
    assert.match(readFileSync(path(), 'utf8'), /"name": "Lake"\}/u);
  });
});
