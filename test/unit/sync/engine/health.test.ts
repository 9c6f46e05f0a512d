import assert from 'node:assert/strict';
import type { InstanceHealth } from '../../../../src/store/mirrorFacts';
import type { RunStatus } from '../../../../src/store/runs';
import { healthAfter, mayStart, type RunVerdict } from '../../../../src/sync/engine/health';

const NOW = 1_800_000_000;
const HOUR = 3_600;
const WELL: InstanceHealth = { failures: 0 };
const unreachable: RunVerdict = { status: 'failed', errorCode: 'unreachable' };

/** Seconds that the timer keeps away after so many failed runs in a row. */
function pauseAfter(runs: number, run: RunVerdict = unreachable): number {
  let health = WELL;
  for (let count = 0; count < runs; count += 1) {
    health = healthAfter(health, run, NOW);
  }
  return (health.nextAllowedAt ?? NOW) - NOW;
}

describe('the health of an instance', () => {
  it('is no reason to wait for the first four failed runs, then for 1 min doubling to 1 h', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 40].map((runs) => pauseAfter(runs));
    assert.deepEqual(pauses, [0, 0, 0, 0, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
  });

  for (const errorCode of ['keyRejected', 'keyExpired', 'notAdmin', 'apiKeysOff']) {
    it(`makes the timer keep away for an hour at once after ${errorCode}`, () => {
      assert.equal(pauseAfter(1, { status: 'failed', errorCode }), HOUR);
    });
  }

  for (const status of ['ok', 'partial'] as const) {
    it(`is restored by a run that ends ${status}`, () => {
      const ill: InstanceHealth = { failures: 12, nextAllowedAt: NOW + HOUR };
      assert.deepEqual(healthAfter(ill, { status }, NOW), { failures: 0 });
    });
  }

  it('stays as it is when a run was cancelled', () => {
    const ill: InstanceHealth = { failures: 12, nextAllowedAt: NOW + HOUR };
    assert.deepEqual(healthAfter(ill, { status: 'cancelled' }, NOW), ill);
  });

  it('makes the timer keep away for as long as the server asks, up to a day, without counting as a failure', () => {
    const deferred = (retryAfterMs: number): RunVerdict => ({ status: 'deferred', retryAfterMs });
    const before: InstanceHealth = { failures: 2 };
    assert.deepEqual(healthAfter(before, deferred(7_200_000), NOW), {
      failures: 2,
      nextAllowedAt: NOW + 7_200,
    });
    assert.equal(healthAfter(before, deferred(9e12), NOW).nextAllowedAt, NOW + 86_400);
  });

  it('counts any failed run, whatever it failed of', () => {
    assert.equal(pauseAfter(5, { status: 'failed', errorCode: 'unexpected' }), 60);
    assert.equal(pauseAfter(5, { status: 'failed' }), 60);
  });

  it('says nothing about runs of a status that no run ends with', () => {
    for (const status of ['running', 'interrupted'] satisfies RunStatus[]) {
      assert.deepEqual(healthAfter(WELL, { status }, NOW), WELL);
    }
  });
});

describe('a run that may not start yet', () => {
  const waiting = { nextAllowedAt: NOW + 60 };

  it('is the timer’s, at any time before the noted one', () => {
    assert.equal(mayStart(waiting, 'schedule', NOW), false);
    assert.equal(mayStart(waiting, 'startup', NOW + 59), false);
    assert.equal(mayStart(waiting, 'schedule', NOW + 60), true);
  });

  it('is never one that a person asked for', () => {
    assert.equal(mayStart(waiting, 'manual', NOW), true);
    assert.equal(mayStart(waiting, 'cli', NOW), true);
  });

  it('is none when nothing is noted, or a time that only a clock set back explains', () => {
    assert.equal(mayStart({}, 'schedule', NOW), true);
    assert.equal(mayStart({ nextAllowedAt: NOW + 90_000 }, 'schedule', NOW), true);
  });
});
