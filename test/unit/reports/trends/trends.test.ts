import assert from 'node:assert/strict';
import { growthOf } from '../../../../src/reports/trends/growth';
import { movingAverage } from '../../../../src/reports/trends/movingAverage';

describe('a moving average', () => {
  it('is the mean of each step and those before it', () => {
    assert.deepEqual(movingAverage([1, 2, 3, 7], 3), [null, null, 2, 4]);
  });

  it('is unknown while one of its steps is', () => {
    assert.deepEqual(movingAverage([1, null, 3, 5, 7], 2), [null, null, null, 4, 6]);
  });

  it('needs a step', () => {
    assert.throws(() => movingAverage([1], 0), RangeError);
  });
});

describe('growth', () => {
  it('is the difference and its part of the number before', () => {
    assert.deepEqual(growthOf(150, 100), { difference: 50, ratio: 0.5 });
  });

  it('has no percentage on a base below ten', () => {
    assert.deepEqual(growthOf(12, 9), { difference: 3, ratio: undefined });
    assert.deepEqual(growthOf(12, 10), { difference: 2, ratio: 0.2 });
  });

  it('is unknown where a number is', () => {
    assert.equal(growthOf(null, 10), undefined);
    assert.equal(growthOf(10, null), undefined);
  });
});
