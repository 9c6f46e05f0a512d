import assert from 'node:assert/strict';
import { NO_ANALYSIS } from '../../../../src/store/analysis/analysisTypes';
import type { CostMonth, CostRow, CostScope } from '../../../../src/store/costs/costTypes';
import { utcDayOf } from '../../../../src/store/costs/costEntries';
import { listBackups } from '../../../../src/store/backups/backups';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { queryStatus } from '../../../../src/store/statusQuery';
import { begin, chat, fetched, message, NOON, runEnd, useMirrors, user } from '../builders';
import { openPublished, publishedRows } from '../published';

const SCOPE: CostScope = { source: 'azure', scope: 'subscriptions/s', name: 'Company' };
const ACCOUNT = '/subscriptions/s/accounts/one';
const METER = 'gpt 4o 0806 Inp glbl Tokens';
const DAY = 86_400;

const day = (date: string): number => utcDayOf(date) ?? 0;

function row(date: string, costE8: bigint, changes: Partial<CostRow> = {}): CostRow {
  return {
    utcDay: day(date),
    resourceId: ACCOUNT,
    meter: METER,
    meterSubcategory: '',
    chargeType: 'Usage',
    tag: '',
    currency: 'EUR',
    costE8,
    ...changes,
  };
}

function november(rows: readonly CostRow[], changes: Partial<CostMonth> = {}): CostMonth {
  const costE8 = rows.reduce((sum, { costE8: own }) => sum + own, 0n);
  return {
    costType: 'actual',
    month: '2025-11',
    rows,
    services: [],
    totals: [{ currency: 'EUR', costE8 }],
    knownToDay: day('2025-11-16'),
    isClosed: false,
    ...changes,
  };
}

describe('Costs of a cloud', () => {
  const { root, open, close } = useMirrors();
  const rows = (sql: string): Promise<unknown[]> => publishedRows(root(), sql);
  const DAILY = 'SELECT id, date, cost_e8, is_deleted FROM cost_daily ORDER BY id';

  /** One run that reads a month. @param fetchedAt also its end */
  function read(
    mirror: MirrorDatabase,
    month: CostMonth,
    fetchedAt = NOON,
  ): ReturnType<typeof mirror.replaceCostMonth> {
    const runId = mirror.startCostRun(SCOPE, 'manual', fetchedAt);
    const result = mirror.replaceCostMonth(runId, month, fetchedAt);
    mirror.endCostRun({ runId, status: 'ok', calls: 2, waitedMs: 15_000, notes: [] }, fetchedAt);
    mirror.publish();
    return result;
  }

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
          months: [{ costType: 'actual', month: '2025-11', isClosed: false, fetchedAt: NOON }],
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
      assert.deepEqual(mirror.costFacts(), []);
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

  describe('are spread over use', () => {
    const COSTS = `SELECT u.remote_id, g.cost_e8 FROM generation_costs g JOIN message m ON m.id = g.generation_id
      JOIN users u ON u.id = m.user_id ORDER BY u.remote_id`;
    const SHARES = 'SELECT kind, reason, cost_e8 FROM cost_shares ORDER BY cost_id, part';

    /** An answer for each user, five days before the last one. @param tokens by user */
    function syncUse(
      mirror: MirrorDatabase,
      tokens: Readonly<Record<string, number>>,
      runId = 'run-1',
    ): void {
      begin(mirror, runId);
      mirror.applyUsers(
        runId,
        Object.keys(tokens).map((name) => user(name)),
      );
      for (const [name, inputTokens] of Object.entries(tokens)) {
        const answer = message(`answer-${name}`, {
          role: 'assistant',
          modelId: 'gpt-4o',
          createdAt: NOON - 5 * DAY,
          usage: { dialect: 'openai', inputTokens, outputTokens: 1 },
        });
        mirror.applyChat(runId, fetched(chat(`chat-${name}`, { userRemoteId: name, messages: [answer] })));
      }
      mirror.endRun(runEnd({ runId }));
      mirror.publish();
    }

    function mapAccount(mirror: MirrorDatabase, instances: readonly number[] = [1]): void {
      mirror.applyAnalysis({
        ...NO_ANALYSIS,
        resources: [{ resource: ACCOUNT, instances, source: 'admin' }],
      });
    }
    const BILL = november([row('2025-11-11', 400n)]);

    it('when bills come, when use does, and when somebody says what a resource serves', async () => {
      const mirror = await open();
      syncUse(mirror, { ann: 100, bob: 300 });
      read(mirror, BILL);
      assert.deepEqual(await rows(SHARES), [['unmapped', 'unmappedResource', 400]]);
      mapAccount(mirror);
      assert.deepEqual(await rows(COSTS), [
        ['ann', 100],
        ['bob', 300],
      ]);
      syncUse(mirror, { ann: 100, bob: 300, cem: 400 }, 'run-2');
      assert.deepEqual(await rows(COSTS), [
        ['ann', 50],
        ['bob', 150],
        ['cem', 200],
      ]);
      mapAccount(mirror, []);
      assert.deepEqual(await rows(COSTS), []);
      assert.deepEqual(await rows(SHARES), [['unmapped', 'servesNone', 400]]);
    });

    it('without a new file, and without touching a row, where nothing has changed', async () => {
      const mirror = await open();
      syncUse(mirror, { ann: 100 });
      read(mirror, BILL);
      mapAccount(mirror);
      assert.deepEqual(await rows('SELECT is_spread FROM cost_days'), [[1]]);
      assert.equal(mirror.publish().published, false);
      const later = NOON + 60;
      close(mirror);
      const next = await open({ now: () => later });
      next.applyAnalysis({
        ...NO_ANALYSIS,
        resources: [{ resource: ACCOUNT, instances: [1, 2], source: 'admin' }],
      });
      assert.deepEqual(await rows('SELECT sync_datetime_epoch FROM generation_costs'), [[NOON]]);
    });

    it('once their day is complete', async () => {
      const mirror = await open();
      syncUse(mirror, { ann: 100 });
      mapAccount(mirror);
      read(mirror, BILL, NOON - 4 * DAY);
      assert.deepEqual(await rows(SHARES), [['unallocated', 'tooFresh', 400]]);
      read(mirror, BILL, NOON - 3 * DAY);
      assert.deepEqual(await rows(SHARES), [['allocated', null, 400]]);
      assert.deepEqual(await rows('SELECT is_final FROM generation_costs'), [[0]]);
      read(mirror, { ...BILL, isClosed: true });
      assert.deepEqual(await rows('SELECT is_final FROM generation_costs'), [[1]]);
    });

    it('once, where two scopes bill the same resource', async () => {
      const mirror = await open();
      syncUse(mirror, { ann: 100 });
      mapAccount(mirror);
      read(mirror, BILL);
      const runId = mirror.startCostRun({ source: 'import', scope: 'file', name: 'File' }, 'import', NOON);
      mirror.replaceCostMonth(runId, BILL, NOON);
      mirror.endCostRun({ runId, status: 'ok', calls: 0, waitedMs: 0, notes: [] }, NOON);
      mirror.publish();
      assert.deepEqual(await rows(SHARES), [
        ['allocated', null, 400],
        ['unallocated', 'otherScope', 400],
      ]);
      mirror.removeCostScope(1, 'delete');
      assert.deepEqual(await rows(SHARES), [['allocated', null, 400]]);
    });

    it('and become unallocated where somebody is erased', async () => {
      const mirror = await open();
      syncUse(mirror, { ann: 100, bob: 300 });
      read(mirror, BILL);
      mapAccount(mirror);
      await mirror.erasePerson(1, 'bob');
      assert.deepEqual(await rows(COSTS), [['ann', 100]]);
      assert.deepEqual(await rows(SHARES), [
        ['allocated', null, 100],
        ['unallocated', 'erased', 300],
      ]);
    });

    it('and serve nobody where the instance is removed', async () => {
      const mirror = await open();
      syncUse(mirror, { ann: 100 });
      read(mirror, BILL);
      mapAccount(mirror);
      await mirror.removeInstance(1, 'delete');
      assert.deepEqual(await rows('SELECT count(*) FROM generation_costs'), [[0]]);
      assert.deepEqual(await rows('SELECT kind, instance_id, cost_e8 FROM cost_shares'), [
        ['unallocated', null, 400],
      ]);
    });

    it('and outlive the restore of an older backup, spread over its use', async () => {
      const mirror = await open();
      syncUse(mirror, { ann: 100 });
      read(mirror, BILL);
      mapAccount(mirror);
      syncUse(mirror, { ann: 100, bob: 300 }, 'run-2');
      read(mirror, november([row('2025-11-11', 800n)]));
      const [backup] = await listBackups(root());
      assert.ok(backup !== undefined);
      await mirror.restore(backup.name);
      assert.deepEqual(await rows('SELECT cost_e8 FROM cost_daily'), [[800]]);
      assert.deepEqual(await rows('SELECT sum(cost_e8) FROM cost_shares'), [[800]]);
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
        ...{ unmappedResources: 2, runs: 1 },
      },
    );
    database.close();
  });
});
