import assert from 'node:assert/strict';
import { isUnusual, medianOf, usualOf } from '../../../../src/reports/trends/robust';

describe('the median', () => {
  it('is the middle value, whatever the order', () => {
    assert.equal(medianOf([9, 1, 5]), 5);
  });
  it('is the mean of the two middle values of an even number', () => {
    assert.equal(medianOf([10, 1, 2, 3]), 2.5);
  });
  it('is none without values', () => {
    assert.equal(medianOf([]), undefined);
  });
});

describe('what is usual', () => {
  it('is the median, and 1.4826 times the median deviation from it', () => {
    // The deviations from 102 are 2 0 6 3 898 8 2: median 3.
    const usual = usualOf([100, 102, 96, 105, 1000, 110, 100]);
    assert.ok(usual !== undefined);
    assert.equal(usual.median, 102);
    assert.ok(Math.abs(usual.spread - 4.4478) < 1e-9);
  });

  it('scatters by 1.2533 times the mean deviation where most values are equal', () => {
    // The deviations from 60 are 0 80 0 80 0: median 0, mean 32.
    const usual = usualOf([60, 140, 60, 140, 60]);
    assert.ok(usual !== undefined);
    assert.equal(usual.median, 60);
    assert.ok(Math.abs(usual.spread - 40.1056) < 1e-9);
  });

  it('does not scatter where all values are equal, and is nothing without any', () => {
    assert.deepEqual(usualOf([7, 7, 7]), { median: 7, spread: 0 });
    assert.equal(usualOf([]), undefined);
  });

  it('does not follow one wild value', () => {
    assert.equal(usualOf([10, 10, 10, 10, 5000])?.median, 10);
  });
});

describe('an unusual value', () => {
  const usual = { median: 100, spread: 10 };

  it('lies more than 3.5 spreads away, on either side', () => {
    assert.equal(isUnusual(135, usual, 0), false);
    assert.equal(isUnusual(136, usual, 0), true);
    assert.equal(isUnusual(64, usual, 0), true);
  });

  it('differs by the floor at least', () => {
    assert.equal(isUnusual(19, { median: 0, spread: 1 }, 20), false);
    assert.equal(isUnusual(20, { median: 0, spread: 1 }, 20), true);
  });

  it('is told by the floor alone where the usual never changes', () => {
    assert.equal(isUnusual(119, { median: 100, spread: 0 }, 20), false);
    assert.equal(isUnusual(120, { median: 100, spread: 0 }, 20), true);
    assert.equal(isUnusual(100, { median: 100, spread: 0 }, 0), false);
  });
});
