import assert from 'node:assert/strict';
import { completedAt, dueInstances, newestEnd, observeTick } from '../../../../src/sync/schedule/ticks';
import { anInstance, aRun, NOW } from '../../extension/builders';

describe('the timer', () => {
  it('starts nothing for 15 s after the machine slept', () => {
    const before = observeTick({ quietUntil: 0 }, NOW);
    const woke = observeTick(before, NOW + 3_600_000);
    assert.equal(woke.quietUntil, NOW + 3_600_000 + 15_000);
    assert.ok(observeTick(woke, NOW + 3_630_000).quietUntil <= NOW + 3_630_000);
  });

  it('does not wait between usual ticks', () => {
    assert.equal(observeTick(observeTick({ quietUntil: 0 }, NOW), NOW + 30_000).quietUntil, 0);
  });

  it('is not held up by a clock that was set back', () => {
    const woke = observeTick(observeTick({ quietUntil: 0 }, NOW), NOW + 3_600_000);
    const setBack = observeTick(woke, NOW);
    assert.ok(setBack.quietUntil <= NOW + 15_000);
  });

  it('takes what is due and can be signed in to', () => {
    const instances = [1, 2, 3, 4].map((id) => anInstance({ id, name: `i${id}` }));
    const nextRuns = new Map([
      [1, NOW - 1],
      [2, NOW + 1],
      [3, NOW - 1],
    ]);
    const due = dueInstances(instances, nextRuns, new Map([[3, 'key needed']]), NOW);
    assert.deepEqual(
      due.map(({ id }) => id),
      [1],
    );
  });

  it('counts from the newest run that ended, a cancelled one too', () => {
    const runs = [aRun({ status: 'cancelled', finishedAt: 300 }), aRun({ status: 'ok', finishedAt: 200 })];
    assert.equal(newestEnd(completedAt(runs), NOW), 300_000);
  });

  it('catches up what was interrupted', () => {
    const runs = [aRun({ status: 'interrupted', finishedAt: 300 }), aRun({ status: 'ok', finishedAt: 200 })];
    assert.deepEqual(completedAt(runs), [200_000]);
    assert.equal(newestEnd(completedAt([aRun({ status: 'running' })]), NOW), undefined);
  });

  it('takes no end for the newest that a clock noted which was ahead', () => {
    assert.equal(newestEnd([NOW + 3_600_000, undefined, NOW - 5], NOW), NOW - 5);
    assert.equal(newestEnd([NOW + 1000], NOW), NOW + 1000);
  });
});
