import assert from 'node:assert/strict';
import type { Clock } from '../../../../src/sync/engine/syncTypes';
import { Pacer } from '../../../../src/sync/openwebui/pacer';
import { backoffMs, retryAfterMs } from '../../../../src/sync/openwebui/retryPolicy';

/** Time passes only by sleeping. */
class SleepClock implements Clock {
  #now = 0;
  now = (): number => this.#now;
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.#now += ms;
    return Promise.resolve();
  }
}

describe('Pacer', () => {
  const never = new AbortController().signal;

  it('keeps the gap between two starts', async () => {
    const clock = new SleepClock();
    const pacer = new Pacer({ delayMs: 50, concurrency: 4 }, clock);
    const starts: number[] = [];
    for (let request = 0; request < 4; request++) {
      const leave = await pacer.enter(never);
      starts.push(clock.now());
      leave();
    }
    assert.deepEqual(starts, [0, 50, 100, 150]);
  });

  it('lets the next in when a place is free, in order', async () => {
    const pacer = new Pacer({ delayMs: 0, concurrency: 1 }, new SleepClock());
    const order: string[] = [];
    const leave = await pacer.enter(never);
    const waiting = ['second', 'third'].map(async (name) => {
      const leaveNext = await pacer.enter(never);
      order.push(name);
      leaveNext();
    });
    order.push('first');
    leave();
    await Promise.all(waiting);
    assert.deepEqual(order, ['first', 'second', 'third']);
  });

  it('halves on trouble and recovers by one after 20 good answers', () => {
    const pacer = new Pacer({ delayMs: 0, concurrency: 4 }, new SleepClock());
    pacer.slowDown();
    assert.equal(pacer.width, 2);
    pacer.slowDown();
    pacer.slowDown();
    assert.equal(pacer.width, 1);
    for (let good = 0; good < 20; good++) {
      pacer.noteSuccess();
    }
    assert.equal(pacer.width, 2);
    for (let good = 0; good < 100; good++) {
      pacer.noteSuccess();
    }
    assert.equal(pacer.width, 4);
  });

  it('starts nothing during a pause', async () => {
    const clock = new SleepClock();
    const pacer = new Pacer({ delayMs: 0, concurrency: 4 }, clock);
    pacer.pause(7_000);
    (await pacer.enter(never))();
    assert.equal(clock.now(), 7_000);
  });

  it('lets go of who was cancelled while waiting', async () => {
    const pacer = new Pacer({ delayMs: 0, concurrency: 1 }, new SleepClock());
    const leave = await pacer.enter(never);
    const abort = new AbortController();
    const cancelled = assert.rejects(pacer.enter(abort.signal), { name: 'AbortError' });
    abort.abort();
    await cancelled;
    leave();
    (await pacer.enter(never))();
  });
});

describe('the retry policy', () => {
  it('waits anything up to a bound that doubles to a minute', () => {
    const bounds = Array.from({ length: 9 }, (_, attempt) => backoffMs(attempt, () => 1));
    assert.deepEqual(
      bounds,
      [1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000),
    );
    assert.equal(
      backoffMs(3, () => 0),
      0,
    );
  });

  it('reads Retry-After as seconds or as a date of the server’s clock', () => {
    const date = 'Tue, 01 Jan 2030 00:00:00 GMT';
    assert.equal(retryAfterMs('5', date, 0), 5_000);
    assert.equal(retryAfterMs('Tue, 01 Jan 2030 00:01:00 GMT', date, 0), 60_000);
    assert.equal(retryAfterMs('Tue, 01 Jan 2030 00:01:00 GMT', null, Date.UTC(2030, 0, 1)), 60_000);
    assert.equal(retryAfterMs('Mon, 31 Dec 2029 00:00:00 GMT', date, 0), 0);
    assert.equal(retryAfterMs('soon', date, 0), undefined);
    assert.equal(retryAfterMs(null, date, 0), undefined);
  });
});
