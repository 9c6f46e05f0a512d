import assert from 'node:assert/strict';
import { Gate } from '../../../src/serve/http/gate';
import { ProblemError } from '../../../src/serve/http/problem';

/** Work that ends when the test says so. */
function held(): { readonly work: () => Promise<void>; readonly end: () => void } {
  let end = (): void => undefined;
  const promise = new Promise<void>((resolve) => (end = resolve));
  return { work: () => promise, end: () => end() };
}

describe('A gate', () => {
  it('lets as many in as it should, the others in their order, and turns away who would wait too long', async () => {
    const gate = new Gate(1, 1);
    const order: string[] = [];
    const first = held();
    const inside = gate.pass(async () => {
      await first.work();
      order.push('first');
    });
    const waiting = gate.pass(() => Promise.resolve(order.push('second')));
    await assert.rejects(
      gate.pass(() => Promise.resolve(order.push('third'))),
      (error: unknown) => error instanceof ProblemError && error.code === 'too_many',
    );
    first.end();
    await Promise.all([inside, waiting]);
    assert.deepEqual(order, ['first', 'second']);
    await gate.pass(() => Promise.resolve(order.push('fourth')));
    assert.equal(order.at(-1), 'fourth');
  });

  it('is free again after work that failed', async () => {
    const gate = new Gate(1, 0);
    await assert.rejects(
      gate.pass(() => Promise.reject(new Error('failed'))),
      /failed/u,
    );
    assert.equal(await gate.pass(() => Promise.resolve('passed')), 'passed');
  });
});
