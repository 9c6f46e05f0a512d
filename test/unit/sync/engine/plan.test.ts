import assert from 'node:assert/strict';
import type { InstanceFacts } from '../../../../src/store/mirrorFacts';
import { planRun, type RunPlan } from '../../../../src/sync/engine/plan';
import type { SyncRequest } from '../../../../src/sync/engine/syncTypes';
import { someFacts } from './facts';

const NOW = 1_800_000_000;
const HOUR = 3_600;
const FULL: RunPlan = { kind: 'full', walk: 'complete' };
const RECONCILE: RunPlan = { kind: 'incremental', walk: 'complete' };
const USUAL: RunPlan = { kind: 'incremental', walk: 'active' };

type Asked = Pick<SyncRequest, 'kind' | 'walk'>;
const incremental: Asked = { kind: 'incremental' };

const walked = (hoursAgo: number) => someFacts({ lastCompleteWalkAt: NOW - hoursAgo * HOUR });

describe('what a sync is planned to be', () => {
  const cases: readonly [name: string, facts: InstanceFacts, asked: Asked, hours: number, plan: RunPlan][] = [
    ['full when asked for', walked(1), { kind: 'full' }, 24, FULL],
    ['full when the instance was never read', someFacts({ hasBeenRead: false }), incremental, 24, FULL],
    [
      'full when it was never read and only active users were asked for',
      someFacts({ hasBeenRead: false }),
      { kind: 'incremental', walk: 'active' },
      24,
      FULL,
    ],
    ['of active users when everybody was looked at lately', walked(23.9), incremental, 24, USUAL],
    ['of everybody once that is a day old', walked(24), incremental, 24, RECONCILE],
    ['of everybody after as many hours as are set', walked(6), incremental, 6, RECONCILE],
    [
      'of everybody when that is asked for',
      walked(1),
      { kind: 'incremental', walk: 'complete' },
      24,
      RECONCILE,
    ],
    [
      'of active users when just those are asked for',
      walked(99),
      { kind: 'incremental', walk: 'active' },
      24,
      USUAL,
    ],
    ['of everybody when nobody knows when that was', someFacts({}), incremental, 24, RECONCILE],
    [
      'of everybody when that was in the future: the clock was set back',
      walked(-5),
      incremental,
      24,
      RECONCILE,
    ],
    [
      'of active users for a while after a walk over everybody that was not complete',
      someFacts({ lastCompleteWalkAt: NOW - 25 * HOUR, lastCompleteTryAt: NOW - 5 * HOUR }),
      incremental,
      24,
      USUAL,
    ],
    [
      'of everybody once a quarter of the time went by since such a walk',
      someFacts({ lastCompleteTryAt: NOW - 6 * HOUR }),
      incremental,
      24,
      RECONCILE,
    ],
    ['of active users for ever when reconciling is off', walked(9_999), incremental, 0, USUAL],
    [
      'of everybody on request though reconciling is off',
      walked(1),
      { kind: 'incremental', walk: 'complete' },
      0,
      RECONCILE,
    ],
  ];
  for (const [name, facts, asked, hours, plan] of cases) {
    it(name, () => {
      assert.deepEqual(planRun(facts, asked, NOW, hours), plan);
    });
  }
});
