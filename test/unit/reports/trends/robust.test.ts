import assert from 'node:assert/strict';
import { isUnusual, medianOf, theilSenSlope, usualOf } from '../../../../src/reports/trends/robust';

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

describe('the slope after Theil and Sen', () => {
  it('is that of a straight line', () => {
    assert.equal(theilSenSlope([0, 1, 2, 3].map((x) => ({ x, y: 5 + 2 * x }))), 2);
  });

  it('is the median of the slopes of all pairs, which one wild value does not turn', () => {
    // Pairs: 1, 1, 33.33, 1, 49.5, 98; sorted 1 1 1 33.33 49.5 98: median (1 + 33.33) / 2.
    const slope = theilSenSlope([
      { x: 0, y: 0 },
      { x: 1, y: 1 },
      { x: 2, y: 2 },
      { x: 3, y: 100 },
    ]);
    assert.ok(Math.abs((slope ?? 0) - (1 + 100 / 3) / 2) < 1e-9);
    const longer = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((x) => ({ x, y: x === 4 ? 900 : x }));
    assert.equal(theilSenSlope(longer), 1);
  });

  it('goes by the distance of the points, so that gaps do not bend it', () => {
    assert.equal(
      theilSenSlope([
        { x: 0, y: 0 },
        { x: 7, y: 14 },
        { x: 21, y: 42 },
      ]),
      2,
    );
  });

  it('is none of a single point', () => {
    assert.equal(theilSenSlope([{ x: 1, y: 1 }]), undefined);
    assert.equal(
      theilSenSlope([
        { x: 1, y: 1 },
        { x: 1, y: 5 },
      ]),
      undefined,
    );
  });
});
