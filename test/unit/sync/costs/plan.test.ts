import assert from 'node:assert/strict';
import type { CostRunStatus, CostRunSummary, CostScopeFacts } from '../../../../src/store/costs/costTypes';
import { dueAt, isDue, planCosts } from '../../../../src/sync/costs/plan';

const at = (date: string): number => Date.parse(date) / 1000;
const NOON = at('2025-10-15T12:00:00Z');
const SCOPE = 'subscriptions/1';

function run(status: CostRunStatus, startedAt: number): CostRunSummary {
  const counts = { months: 0, rowsSeen: 0, rowsChanged: 0, restatedDays: 0, calls: 0, waitedMs: 0 };
  return { runId: 1, scopeId: 1, trigger: 'schedule', status, startedAt, notes: [], ...counts };
}

describe('When costs are due', () => {
  const due = (status: CostRunStatus, hoursAgo: number): boolean =>
    isDue({ enabled: true }, { runs: [run(status, NOON - hoursAgo * 3_600)] }, NOON);

  it('is at once for a scope that was never read, and never for one that is switched off', () => {
    assert.equal(isDue({ enabled: true }, undefined, NOON), true);
    assert.equal(isDue({ enabled: false }, undefined, NOON), false);
  });

  it('is a day after a run, also after one that failed', () => {
    for (const status of ['ok', 'partial', 'failed'] as const) {
      assert.deepEqual([due(status, 23.9), due(status, 24)], [false, true], status);
    }
  });

  it('is soon after one that was broken off', () => {
    assert.deepEqual([due('cancelled', 0.9), due('cancelled', 1)], [false, true]);
    assert.deepEqual([due('running', 0.9), due('running', 1)], [false, true]);
  });

  it('is not before the time that Azure named', () => {
    const until = NOON + 1_800;
    const known = { runs: [run('throttled', NOON - 3_600)], retryAfter: until };
    assert.equal(dueAt(known, NOON), until);
    assert.equal(isDue({ enabled: true }, known, until - 1), false);
    assert.equal(isDue({ enabled: true }, known, until), true);
  });

  it('does not move away for long by a clock that was wrong', () => {
    const ahead = run('ok', NOON + 1e6);
    assert.equal(isDue({ enabled: true }, { runs: [ahead] }, NOON), true);
    assert.equal(dueAt({ runs: [run('ok', NOON), ahead] }, NOON), NOON + 86_400);
    assert.equal(dueAt({ runs: [ahead, run('ok', NOON)] }, NOON), NOON + 86_400);
    assert.equal(isDue({ enabled: true }, { runs: [], retryAfter: NOON + 1e6 }, NOON), true);
  });
});

describe('Which months of costs are read', () => {
  const facts = (month: string, isClosed: boolean, fetchedAt: number): CostScopeFacts => ({
    scopeId: 1,
    source: 'azure',
    scope: SCOPE,
    name: 'Production',
    months: [{ costType: 'actual', month, isClosed, fetchedAt, totals: [] }],
  });
  const isPlanned = (known: CostScopeFacts, month: string, isByTimer: boolean): boolean =>
    planCosts(SCOPE, [known], { isByTimer, isWhole: false }, NOON).parts.some(
      (part) => part.month === month && part.costType === 'actual',
    );

  it('leaves out what a run before has read that was broken off', () => {
    assert.equal(isPlanned(facts('2025-10', false, NOON - 3_600), '2025-10', true), false);
    assert.equal(isPlanned(facts('2025-10', false, NOON - 3_600), '2025-10', false), true);
  });

  it('takes a month that has closed since, however recently it was read', () => {
    const closing = at('2025-10-06T01:00:00Z');
    const known = facts('2025-09', false, at('2025-10-05T23:30:00Z'));
    const { parts } = planCosts(SCOPE, [known], { isByTimer: true, isWhole: false }, closing);
    assert.ok(parts.some(({ month, costType }) => month === '2025-09' && costType === 'actual'));
  });

  it('takes what was read by a clock that was ahead, whatever it took it for', () => {
    for (const isClosed of [true, false]) {
      assert.equal(isPlanned(facts('2025-09', isClosed, NOON + 40 * 86_400), '2025-09', true), true);
    }
  });

  it('looks at closed months again as a month closes, also where a clock that was ahead read later ones', () => {
    const closed = (month: string, isClosed: boolean, fetchedAt: number) => ({
      ...{ costType: 'actual' as const, month, isClosed, fetchedAt, totals: [] },
    });
    const known = {
      ...facts('2025-09', true, NOON),
      months: [
        closed('2025-08', true, NOON),
        closed('2025-10', false, NOON),
        closed('2026-03', false, at('2026-03-10T00:00:00Z')),
      ],
    };
    const closing = at('2025-11-06T12:30:00Z');
    const { controls } = planCosts(SCOPE, [known], { isByTimer: true, isWhole: false }, closing);
    assert.deepEqual(
      controls.map(({ month }) => month),
      ['2025-08'],
    );
  });

  it('knows scopes apart', () => {
    const other = { ...facts('2025-08', true, NOON), scope: 'subscriptions/2' };
    assert.equal(isPlanned(other, '2025-08', true), true);
    assert.equal(isPlanned(facts('2025-08', true, NOON), '2025-08', true), false);
  });
});
