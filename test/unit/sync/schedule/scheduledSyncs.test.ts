import assert from 'node:assert/strict';
import type { RunSummary } from '../../../../src/store/runs';
import { ScheduledSyncs } from '../../../../src/sync/schedule/scheduledSyncs';
import { aMirrorStatus, anInstance, aRun, aStatus, NOW } from '../../extension/builders';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TICK = 30_000;

/** An hourly timer of one instance, whose syncs are noted; `runs` is what the disk shows. */
function aTimer(runs: readonly RunSummary[]) {
  const started: string[] = [];
  const syncs = new ScheduledSyncs({
    schedule: () => ({ kind: 'hourly' }),
    instances: () => [anInstance()],
    zone: () => 'UTC',
    status: () => aMirrorStatus(aStatus({ runs })),
    running: () => new Set(),
    signInProblems: () => new Map(),
    reload: () => Promise.resolve(),
    sync: (_due, trigger) => {
      started.push(trigger);
      return Promise.resolve();
    },
    onFailure: (error) => assert.fail(String(error)),
  });
  return { syncs, started };
}

/** A run that ended so many ms after {@link NOW}. */
const endedAt = (ahead: number): RunSummary =>
  aRun({ startedAt: (NOW + ahead) / 1000 - 3, finishedAt: (NOW + ahead) / 1000 });

describe('scheduled syncs', () => {
  it('start what was missed while nobody looked, once', async () => {
    const { syncs, started } = aTimer([endedAt(-3 * DAY)]);
    await syncs.tick(NOW);
    await syncs.tick(NOW + TICK);
    assert.deepEqual(started, ['startup']);
  });

  it('are not held up by a clock that was ahead during the last run', async () => {
    const { syncs, started } = aTimer([endedAt(30 * DAY)]);
    await syncs.tick(NOW);
    assert.equal(started.length, 1);
  });

  it('go by the newest run that the present clock may have noted', () => {
    const { syncs } = aTimer([endedAt(30 * DAY), endedAt(-HOUR / 2)]);
    const due = syncs.nextRuns(NOW).get(1) ?? 0;
    assert.ok(due > NOW && due < NOW + HOUR);
  });

  it('wait an interval after each, though all runs that are shown lie ahead', async () => {
    const { syncs, started } = aTimer([endedAt(30 * DAY)]);
    for (let ticks = 0; ticks < 100; ticks += 1) {
      await syncs.tick(NOW + ticks * TICK);
    }
    assert.equal(started.length, 1);
    await syncs.tick(NOW + 100 * TICK + HOUR);
    await syncs.tick(NOW + 101 * TICK + HOUR);
    assert.equal(started.length, 2);
  });
});
