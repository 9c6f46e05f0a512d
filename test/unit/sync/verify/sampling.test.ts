import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Differences } from '../../../../src/sync/verify/differences';
import { spread } from '../../../../src/sync/verify/sampling';

describe('spread', () => {
  it('takes all when there are no more than that', () => {
    assert.deepEqual(
      spread([1, 2, 3], 5, () => 0.9),
      [1, 2, 3],
    );
  });

  it('takes as many different items as asked for, from all parts of the list', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 50 }),
        // Closer to 1 the sum with a place in the list is rounded up.
        fc.integer({ min: 0, max: 9_999 }),
        (length, count, tenThousandths) => {
          const items = Array.from({ length }, (_, index) => index);
          const chosen = spread(items, count, () => tenThousandths / 10_000);
          assert.equal(chosen.length, Math.min(length, count));
          assert.equal(new Set(chosen).size, chosen.length);
          const widest = Math.max(0, ...chosen.slice(1).map((item, index) => item - chosen[index]!));
          assert.ok(chosen.length < 2 || widest <= Math.ceil(length / count));
        },
      ),
    );
  });
});

describe('Differences', () => {
  it('counts all and lists 100, the first of each stream first', () => {
    const differences = new Differences();
    for (let index = 0; index < 150; index += 1) {
      differences.add({ stream: 'chats', remoteId: `c${index}`, kind: 'gone' });
    }
    differences.add({ stream: 'files', remoteId: 'f', kind: 'missing' });
    assert.equal(differences.count, 151);
    assert.equal(differences.listed.length, 100);
    assert.deepEqual(
      differences.listed.slice(0, 3).map(({ remoteId }) => remoteId),
      ['c0', 'f', 'c1'],
    );
  });
});
