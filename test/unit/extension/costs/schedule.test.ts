import assert from 'node:assert/strict';
import { CostNews } from '../../../../src/extension/costs/costNews';
import { dueConnections, type CostSchedule } from '../../../../src/sync/costs/costSchedule';
import { costProgressText } from '../../../../src/extension/costs/costProgress';
import type { CostRunProgress } from '../../../../src/sync/costs/costSyncTypes';
import type { CostRunSummary } from '../../../../src/store/costs/costTypes';
import { aConnection, aCostRun, aScopeStatus, HALF_PAST_TWO, NOW } from './builders';

const HOUR = 3_600_000;

function dueAfter(ms: number, overrides: Partial<CostSchedule> = {}): readonly string[] {
  const schedule: CostSchedule = {
    connections: [aConnection()],
    scopes: [aScopeStatus()],
    signInProblems: new Map(),
    attemptedAt: new Map(),
    ...overrides,
  };
  return dueConnections(schedule, HALF_PAST_TWO * 1000 + ms).map(({ id }) => id);
}

describe('costs that are read by themselves', () => {
  it('are read once a day', () => {
    assert.deepEqual(dueAfter(23 * HOUR), []);
    assert.deepEqual(dueAfter(24 * HOUR), ['c-1']);
  });

  it('are read at once when nothing was read yet; an import of the same scope is no reading', () => {
    assert.deepEqual(dueAfter(0, { scopes: [] }), ['c-1']);
    assert.deepEqual(dueAfter(0, { scopes: [aScopeStatus({ source: 'import' })] }), ['c-1']);
  });

  it('are left alone while they are paused', () => {
    assert.deepEqual(dueAfter(48 * HOUR, { connections: [aConnection({ enabled: false })] }), []);
  });

  it('wait for a person where only one can sign in, and are tried again where none is needed', () => {
    const signInProblems = new Map([['c-1', 'Sign in again.']]);
    assert.deepEqual(dueAfter(48 * HOUR, { signInProblems }), []);
    const connections = [aConnection({ signIn: { kind: 'azureCli' } })];
    assert.deepEqual(dueAfter(48 * HOUR, { signInProblems, connections }), ['c-1']);
  });

  it('are not tried at each tick when an attempt left no run behind', () => {
    const attemptedAt = new Map([['c-1', HALF_PAST_TWO * 1000 + 24 * HOUR]]);
    assert.deepEqual(dueAfter(25 * HOUR, { attemptedAt }), []);
    assert.deepEqual(dueAfter(30 * HOUR, { attemptedAt }), ['c-1']);
  });
});

describe('what is told of costs that nobody asked for', () => {
  const runsOf = (...runs: readonly Partial<CostRunSummary>[]) =>
    runs.map((run) => ({ run: aCostRun(run), connection: aConnection() }));

  it('is a failure once, until it is over or another one', () => {
    const news = new CostNews();
    const failed = runsOf({ status: 'failed', error: 'Sign in again.' });
    const counts = [
      failed,
      failed,
      runsOf({ status: 'failed', error: 'The role is missing.' }),
      runsOf({ status: 'ok' }),
      failed,
    ].map((runs) => news.of(runs).length);
    assert.deepEqual(counts, [1, 0, 1, 0, 1]);
  });

  it('is nothing when Azure throttles, or somebody cancelled', () => {
    const news = new CostNews();
    assert.deepEqual(news.of(runsOf({ status: 'throttled', error: 'later' }, { status: 'cancelled' })), []);
  });
});

describe('where a cost run stands', () => {
  const progress: CostRunProgress = {
    connectionId: 'c-1',
    name: 'Production',
    trigger: 'manual',
    phase: 'reading',
    month: '2026-02',
    costType: 'actual',
    done: 4,
    total: 26,
  };

  it('is said by its month and how many are done', () => {
    assert.equal(costProgressText(progress, NOW, 'UTC'), '2026-02, 4 of 26');
  });

  it('is said by how long Azure is waited for', () => {
    const until = NOW + 60_000;
    assert.equal(
      costProgressText({ ...progress, phase: 'waiting', until }, NOW, 'UTC'),
      '2026-02, 4 of 26, waiting for Azure until 14:51',
    );
  });

  it('is said before its turn has come', () => {
    assert.equal(costProgressText({ ...progress, phase: 'queued' }, NOW, 'UTC'), 'waiting for its turn');
  });
});
