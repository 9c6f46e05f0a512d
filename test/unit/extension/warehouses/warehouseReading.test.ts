import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { CancelledError } from '../../../../src/extension/errors';
import { WarehouseReading } from '../../../../src/extension/warehouses/warehouseReading';
import { columnsOf, type ResultSet } from '../../../../src/store/resultSet';
import type { WarehouseReader } from '../../../../src/warehouse/warehouseTypes';
import { Later } from '../later';

/** A server that counts its connections. */
class FakeServer {
  pushedAt = 100;
  opened = 0;
  closed = 0;
  failure: Error | undefined;
  /** Statements wait for it. */
  answering: Promise<void> = Promise.resolve();

  readonly open = (): Promise<WarehouseReader> => {
    if (this.failure !== undefined) {
      return Promise.reject(this.failure);
    }
    this.opened++;
    return Promise.resolve({
      dialect: 'postgres',
      zone: 'Europe/Berlin',
      pushedAt: this.pushedAt,
      query: async (sql): Promise<ResultSet> => {
        await this.answering;
        return { columns: columnsOf(['sql'], [[sql]]), rowCount: 1, truncated: false, elapsedMs: 0 };
      },
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

  it('tells for each report when its rows were pushed, and in which zone their days are', async () => {
    const zone = 'Europe/Berlin';
    assert.deepEqual(await reading.begin(), { zone, warehouse: { name: 'ANALYTICS', pushedAt: 100 } });
    server.pushedAt = 200;
    assert.deepEqual(await reading.begin(), { zone, warehouse: { name: 'ANALYTICS', pushedAt: 200 } });
    assert.equal(server.closed, 1);
  });

  describe('as time passes', () => {
    beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
    afterEach(() => mock.timers.reset());

    it('lets the connection go a minute after the last answer', async () => {
      await reading.query('SELECT 1');
      mock.timers.tick(59_000);
      await reading.query('SELECT 2');
      mock.timers.tick(59_000);
      assert.equal(server.closed, 0);
      mock.timers.tick(1_000);
      await Promise.resolve();
      assert.equal(server.closed, 1);
    });

    it('cuts no statement off that takes longer', async () => {
      const answer = new Later();
      server.answering = answer.promise;
      const asked = reading.query('SELECT 1');
      await Promise.resolve();
      mock.timers.tick(300_000);
      await Promise.resolve();
      assert.equal(server.closed, 0);
      answer.resolve(undefined);
      await asked;
      mock.timers.tick(60_000);
      await Promise.resolve();
      assert.equal(server.closed, 1);
    });
  });

  it('fails with what the server said, and finds it when it is back', async () => {
    server.failure = new Error('The warehouse ANALYTICS cannot be reached.');
    await assert.rejects(reading.begin(), server.failure);
    await assert.rejects(reading.query('SELECT 1'), server.failure);
    server.failure = undefined;
    assert.equal((await reading.begin()).warehouse?.name, 'ANALYTICS');
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
