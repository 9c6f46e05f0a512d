import assert from 'node:assert/strict';
import { causesOf } from '../../../../src/reports/trends/causes';
import { growthOf, weeklyGrowth } from '../../../../src/reports/trends/growth';
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

  it('of a week compares means of equal weekdays', () => {
    const values = [...Array.from({ length: 7 }, () => 10), ...Array.from({ length: 7 }, () => 15)];
    assert.deepEqual(weeklyGrowth([999, ...values]), { difference: 5, ratio: 0.5 });
  });

  it('of a week is unknown with a gap, or with less than two weeks', () => {
    assert.equal(weeklyGrowth([1, 2, 3, null, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]), undefined);
    assert.equal(weeklyGrowth([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]), undefined);
  });
});

describe('the causes of a change', () => {
  it('are the parts with the largest share of it, three at most', () => {
    const parts = [
      { name: 'Ann', now: 60, before: 20 },
      { name: 'Ben', now: 45, before: 15 },
      { name: 'Cat', now: 30, before: 10 },
      { name: 'Dan', now: 20, before: 10 },
    ];
    assert.deepEqual(causesOf(parts), [
      { name: 'Ann', change: 40, share: 0.4 },
      { name: 'Ben', change: 30, share: 0.3 },
      { name: 'Cat', change: 20, share: 0.2 },
    ]);
  });

  it('leave out what went the other way, and what is less than a tenth', () => {
    const parts = [
      { name: 'Ann', now: 110, before: 0 },
      { name: 'Ben', now: 0, before: 15 },
      { name: 'Cat', now: 5, before: 0 },
    ];
    assert.deepEqual(
      causesOf(parts).map(({ name, share }) => [name, share]),
      [['Ann', 1.1]],
    );
  });

  it('of a fall are those that fell most', () => {
    const [first] = causesOf([
      { name: 'Ann', now: 0, before: 90 },
      { name: 'Ben', now: 40, before: 50 },
    ]);
    assert.deepEqual(first, { name: 'Ann', change: -90, share: 0.9 });
  });

  it('are none without a change', () => {
    assert.deepEqual(
      causesOf([
        { name: 'Ann', now: 5, before: 0 },
        { name: 'Ben', now: 0, before: 5 },
      ]),
      [],
    );
  });
});
