import assert from 'node:assert/strict';
import { ExportQueue } from '../../../../src/extension/exports/exportQueue';

/** Work that ends when it is told to, and notes when it begins. */
function work(log: string[], name: string): { run: () => Promise<void>; end: (error?: Error) => void } {
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  return {
    run: () => {
      log.push(name);
      return ended;
    },
    end,
  };
}

/** Lets whatever is due run. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the queue of exports', () => {
  it('runs one after the other, also after one that failed', async () => {
    const log: string[] = [];
    const queue = new ExportQueue();
    const [first, second] = [work(log, 'first'), work(log, 'second')];
    const failing = assert.rejects(queue.run(first.run), /disk full/u);
    const following = queue.run(second.run);
    await turn();
    assert.deepEqual(log, ['first']);
    first.end(new Error('disk full'));
    await failing;
    await turn();
    assert.deepEqual(log, ['first', 'second']);
    second.end();
    await following;
  });

  it('lets many wishes during one export become one more', async () => {
    const log: string[] = [];
    const queue = new ExportQueue();
    const [running, next, dropped] = [work(log, 'running'), work(log, 'next'), work(log, 'dropped')];
    const done = [queue.runOnce(running.run)];
    await turn();
    done.push(queue.runOnce(next.run), queue.runOnce(dropped.run));
    running.end();
    await turn();
    assert.deepEqual(log, ['running', 'next']);
    const last = work(log, 'last');
    done.push(queue.runOnce(last.run));
    next.end();
    last.end();
    await Promise.all(done);
    assert.deepEqual(log, ['running', 'next', 'last']);
  });
});
