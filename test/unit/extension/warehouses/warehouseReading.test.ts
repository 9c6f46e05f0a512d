import assert from 'node:assert/strict';
import { CancelledError } from '../../../../src/extension/errors';
import { WarehouseReading } from '../../../../src/extension/warehouses/warehouseReading';
import { columnsOf, type ResultSet } from '../../../../src/store/resultSet';
import type { WarehouseReader } from '../../../../src/warehouse/warehouseTypes';

/** A server that counts its connections. */
class FakeServer {
  pushedAt = 100;
  opened = 0;
  closed = 0;
  failure: Error | undefined;

  readonly open = (): Promise<WarehouseReader> => {
    if (this.failure !== undefined) {
      return Promise.reject(this.failure);
    }
    this.opened++;
    return Promise.resolve({
      dialect: 'postgres',
      zone: 'UTC',
      pushedAt: this.pushedAt,
      query: (sql): Promise<ResultSet> =>
        Promise.resolve({
          columns: columnsOf(['sql'], [[sql]]),
          rowCount: 1,
          truncated: false,
          elapsedMs: 0,
        }),
      generation: () => Promise.resolve(7),
      dispose: () => {
        this.closed++;
      },
    });
  };
}

describe('A tab that reads a warehouse', () => {
  let server: FakeServer;
  let reading: WarehouseReading;
  beforeEach(() => {
    server = new FakeServer();
    reading = new WarehouseReading('ANALYTICS', server.open);
  });
  afterEach(() => reading.dispose());

  it('connects when something is asked, and once for what follows', async () => {
    assert.equal(server.opened, 0);
    assert.deepEqual([...((await reading.query('SELECT 1')).columns[0] ?? [])], ['SELECT 1']);
    assert.equal(await reading.generation(), 7);
    assert.equal(server.opened, 1);
  });

  it('tells for each report when its rows were pushed', async () => {
    assert.deepEqual(await reading.begin(), { name: 'ANALYTICS', pushedAt: 100 });
    server.pushedAt = 200;
    assert.deepEqual(await reading.begin(), { name: 'ANALYTICS', pushedAt: 200 });
    assert.equal(server.closed, 1);
  });

  it('fails with what the server said, and finds it when it is back', async () => {
    server.failure = new Error('The warehouse ANALYTICS cannot be reached.');
    await assert.rejects(reading.begin(), server.failure);
    await assert.rejects(reading.query('SELECT 1'), server.failure);
    server.failure = undefined;
    assert.equal((await reading.begin()).name, 'ANALYTICS');
  });

  it('leaves no connection open when the tab is closed, not even one that came too late', async () => {
    await reading.begin();
    reading.dispose();
    await Promise.resolve();
    assert.equal(server.closed, 1);
    const late = new WarehouseReading('ANALYTICS', server.open);
    const asked = late.begin();
    late.dispose();
    await asked;
    assert.equal(server.closed, server.opened);
    await assert.rejects(late.query('SELECT 1'), CancelledError);
    assert.equal(server.closed, server.opened);
  });
});
