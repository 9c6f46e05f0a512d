import assert from 'node:assert/strict';
import { eachInSlices, joinedInSlices, mapInSlices } from '../../../src/store/slices';

/** Keeps the thread for so many ms. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    // Busy.
  }
}

describe('work in slices', () => {
  it('keeps the order', async () => {
    assert.deepEqual(await mapInSlices([1, 2, 3], (n) => 2 * n), [2, 4, 6]);
  });

  it('puts any number of texts together', async () => {
    for (const count of [0, 1, 499, 500, 501, 1_250]) {
      const texts = Array.from({ length: count }, (_, index) => `${index};`);
      assert.equal(await joinedInSlices(texts), texts.join(''));
    }
  });

  it('lets other work run in between', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('other'));
    await eachInSlices(['first', 'last'], (name) => {
      work(4);
      order.push(name);
    });
    assert.deepEqual(order, ['first', 'other', 'last']);
  });

  it('fails as the work does', async () => {
    await assert.rejects(
      eachInSlices([1], () => {
        throw new TypeError('odd');
      }),
      TypeError,
    );
  });
});
