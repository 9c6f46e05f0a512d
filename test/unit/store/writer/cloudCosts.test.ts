import assert from 'node:assert/strict';
import { queryStatus } from '../../../../src/store/statusQuery';
import { NOON, useMirrors } from '../builders';
import { openPublished, publishedRows } from '../published';
import { day, DAY, november, readCosts as read, row, SCOPE } from './cloudCostBuilders';

describe('Costs of a cloud', () => {
  const { root, open, close } = useMirrors();
  const rows = (sql: string): Promise<unknown[]> => publishedRows(root(), sql);
  const DAILY = 'SELECT id, date, cost_e8, is_deleted FROM cost_daily ORDER BY id';

  describe('are read month by month', () => {
    it('with the scope, the run, the month and its total', async () => {
      const mirror = await open();
      assert.deepEqual(mirror.costFacts(), []);
      const services = [
        {
          utcDay: day('2025-11-03'),
          service: 'Foundry',
          publisherType: 'Azure',
          currency: 'EUR',
          costE8: 5n,
          costUsd: 6,
        },
      ];
      const result = read(mirror, november([row('2025-11-03', 5n)], { services }));
      assert.deepEqual(result, { seen: 2, changed: 2, restatedDays: 0 });
      assert.deepEqual(mirror.costFacts(), [
        {
          ...SCOPE,
          scopeId: 1,
          lastSync: NOON,
          retryAfter: undefined,
          months: [
            {
              ...{ costType: 'actual', month: '2025-11', isClosed: false, fetchedAt: NOON },
              totals: [{ currency: 'EUR', costE8: 5n }],
            },
          ],
        },
      ]);
      assert.deepEqual(await rows('SELECT month, currency, control_e8, control FROM cost_month_totals'), [
        ['2025-11', 'EUR', 5, 0.00000005],
      ]);
      assert.deepEqual(
        await rows(
          'SELECT status, months, rows_seen, rows_changed, calls, waited_ms, finished_at FROM cost_sync_runs',
        ),
        [['ok', 1, 2, 2, 2, 15_000, '2025-11-16 13:00:00']],
      );
    });

    it('also beyond what a double can hold', async () => {
      const mirror = await open();
      read(mirror, november([row('2025-11-03', 9_007_199_254_740_993n)]));
      read(mirror, november([row('2025-11-03', 9_007_199_254_740_993n)]));
      assert.deepEqual(await rows('SELECT cost_e8, run_id FROM cost_daily'), [[9_007_199_254_740_993n, 1]]);
    });

    it('leaving equal rows alone, marking what is gone, and taking back what returns', async () => {
      const mirror = await open();
      read(mirror, november([row('2025-11-03', 5n), row('2025-11-04', 6n)]));
      const second = read(mirror, november([row('2025-11-03', 5n), row('2025-11-05', 7n)]));
      assert.equal(second.changed, 2);
      assert.deepEqual(await rows(DAILY), [
        [1, '2025-11-03', 5, 0],
        [2, '2025-11-04', 6, 1],
        [3, '2025-11-05', 7, 0],
      ]);
      assert.deepEqual(await rows('SELECT id, run_id FROM cost_daily ORDER BY id'), [
        [1, 1],
        [2, 2],
        [3, 2],
      ]);
      assert.equal(read(mirror, november([row('2025-11-03', 5n), row('2025-11-04', 6n)])).changed, 2);
      assert.deepEqual((await rows(DAILY))[1], [2, '2025-11-04', 6, 0]);
    });

    it('and say which days were restated, but not those that were still filling up', async () => {
      const mirror = await open();
      read(mirror, november([row('2025-11-03', 5n), row('2025-11-15', 1n), row('2025-11-16', 1n)]));
      const later = november([row('2025-11-03', 4n), row('2025-11-04', 2n), row('2025-11-15', 9n)]);
      assert.equal(read(mirror, later, NOON + DAY).restatedDays, 2);
      assert.deepEqual(await rows('SELECT date, currency, old_e8, new_e8, run_id FROM cost_restatements'), [
        ['2025-11-03', 'EUR', 5, 4, 2],
        ['2025-11-04', 'EUR', 0, 2, 2],
      ]);
    });

    it('keeping the old rows where the answer lost everything, and saying so', async () => {
      const mirror = await open();
      read(mirror, november([row('2025-11-03', 5n)]));
      for (const nothing of [november([]), november([row('2025-11-03', 0n)])]) {
        const result = read(mirror, nothing, NOON + DAY);
        assert.match(result.refused ?? '', /All cost of 2025-11 .* was gone/);
        assert.deepEqual([result.changed, result.restatedDays], [0, 0]);
      }
      assert.deepEqual(await rows(DAILY), [[1, '2025-11-03', 5, 0]]);
      assert.equal(mirror.costFacts()[0]?.months[0]?.fetchedAt, NOON);
    });

    it('or a part of one, of which the other days stay and count in the total', async () => {
      const mirror = await open();
      read(mirror, november([row('2025-11-03', 5n), row('2025-11-04', 6n)]));
      const days = { first: day('2025-11-04'), last: day('2025-11-05') };
      read(mirror, november([row('2025-11-05', 7n)], { days, knownToDay: days.last }), NOON + DAY);
      assert.deepEqual(await rows('SELECT date FROM cost_daily WHERE is_deleted = 0 ORDER BY date'), [
        ['2025-11-03'],
        ['2025-11-05'],
      ]);
      assert.deepEqual(await rows('SELECT control_e8 FROM cost_month_totals'), [[12]]);
      assert.deepEqual(await rows("SELECT date(known_to_day * 86400, 'unixepoch') FROM cost_months"), [
        ['2025-11-16'],
      ]);
    });

    it('all or nothing: a row of another month or one that is there twice changes nothing', async () => {
      const mirror = await open();
      read(mirror, november([row('2025-11-03', 5n)]));
      const runId = mirror.startCostRun(SCOPE, 'manual', NOON);
      for (const wrong of [
        [row('2025-11-04', 1n), row('2025-12-01', 1n)],
        [row('2025-11-04', 1n), row('2025-11-04', 2n)],
      ]) {
        assert.throws(() => mirror.replaceCostMonth(runId, november(wrong), NOON), /outside|twice/);
      }
      mirror.publish();
      assert.deepEqual(await rows(DAILY), [[1, '2025-11-03', 5, 0]]);
    });

    it('of a run that goes on, and of no other', async () => {
      const mirror = await open();
      assert.throws(() => mirror.replaceCostMonth(1, november([]), NOON), /not running/);
      const runId = mirror.startCostRun(SCOPE, 'manual', NOON);
      mirror.endCostRun(
        { runId, status: 'throttled', calls: 1, waitedMs: 0, notes: ['a'], retryAfter: NOON + 60 },
        NOON,
      );
      assert.equal(mirror.costFacts()[0]?.retryAfter, NOON + 60);
      assert.equal(mirror.costFacts()[0]?.lastSync, undefined);
      assert.throws(() => mirror.replaceCostMonth(runId, november([]), NOON), /not running/);
    });
  });

  it('of a run that a crash ended are told as failed at the next start', async () => {
    const first = await open();
    const runId = first.startCostRun(SCOPE, 'schedule', NOON);
    first.replaceCostMonth(runId, november([row('2025-11-03', 5n)]), NOON);
    first.publish();
    close(first);
    const second = await open();
    read(second, november([row('2025-11-03', 5n)]));
    assert.deepEqual(await rows('SELECT status, error IS NOT NULL FROM cost_sync_runs ORDER BY id'), [
      ['failed', 1],
      ['ok', 0],
    ]);
  });

  describe('of a scope that is disconnected', () => {
    it('stay and count, or go, as a person chose', async () => {
      const mirror = await open();
      read(mirror, november([row('2025-11-03', 5n)]));
      mirror.removeCostScope(1, 'keep');
      assert.deepEqual(await rows(DAILY), [[1, '2025-11-03', 5, 0]]);
      read(mirror, november([row('2025-11-03', 5n)]));
      assert.equal(mirror.costFacts()[0]?.scopeId, 1);
      mirror.removeCostScope(1, 'delete');
      for (const table of [
        'cost_scopes',
        'cost_daily',
        'cost_shares',
        'cost_days',
        'cost_months',
        'cost_sync_runs',
      ]) {
        assert.deepEqual(await rows(`SELECT count(*) FROM ${table}`), [[0]], table);
      }
    });

    it('stay as long as it is being read', async () => {
      const mirror = await open();
      const runId = mirror.startCostRun(SCOPE, 'manual', NOON);
      assert.throws(() => {
        mirror.removeCostScope(1, 'delete');
      }, /being read/);
      mirror.endCostRun({ runId, status: 'cancelled', calls: 0, waitedMs: 0, notes: [] }, NOON);
      mirror.removeCostScope(1, 'delete');
    });
  });

  it('are told by the status', async () => {
    const mirror = await open();
    read(mirror, november([row('2025-11-03', 150_000_000n), row('2025-11-04', 1n, { resourceId: '' })]));
    const database = await openPublished(root());
    const [status] = queryStatus(database, 1).costs ?? [];
    assert.deepEqual(
      { ...status, runs: status?.runs.length },
      {
        ...{
          ...SCOPE,
          scopeId: 1,
          lastSync: NOON,
          retryAfter: undefined,
          newestDate: '2025-11-04',
          months: 1,
        },
        newestMonth: [{ month: '2025-11', currency: 'EUR', cost: 1.50000001 }],
        ...{ unmappedResources: 1, runs: 1 },
      },
    );
    database.close();
  });
});
