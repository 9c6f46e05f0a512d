import assert from 'node:assert/strict';
import { bucketUnitOf, bucketsOf } from '../../../src/reports/buckets';
import { dayOfIso, type BucketUnit } from '../../../src/reports/days';
import { createFormatter } from '../../../src/reports/format';
import type { KnownDays } from '../../../src/reports/period';

const FAR = Number.MAX_SAFE_INTEGER;

function day(text: string): number {
  return dayOfIso(text) ?? Number.NaN;
}

function buckets(from: string, to: string, unit: BucketUnit, known: Partial<KnownDays> = {}) {
  return bucketsOf(
    { from: day(from), to: day(to) },
    unit,
    { today: FAR, asOf: FAR, ...known },
    createFormatter('en-GB'),
  );
}

describe('the steps of a time axis', () => {
  for (const [days, unit] of [
    [1, 'day'],
    [92, 'day'],
    [93, 'week'],
    [731, 'week'],
    [732, 'month'],
  ] as const) {
    it(`are ${unit}s for ${days} days`, () => {
      assert.equal(bucketUnitOf({ from: 20_000, to: 20_000 + days - 1 }), unit);
    });
  }

  for (const [wanted, days, unit] of [
    ['month', 31, 'month'],
    ['week', 31, 'week'],
    ['day', 399, 'day'],
    ['day', 400, 'week'],
    ['day', 365 * 9, 'month'],
    ['week', 365 * 7, 'week'],
  ] as const) {
    it(`are ${unit}s when ${wanted}s are wanted for ${days} days`, () => {
      assert.equal(bucketUnitOf({ from: 20_000, to: 20_000 + days - 1 }, wanted), unit);
    });
  }

  it('cover every day once, whatever the unit', () => {
    for (const unit of ['day', 'week', 'month'] as const) {
      const steps = buckets('2025-11-19', '2026-03-03', unit);
      const days = steps.flatMap(({ first_day, last_day }) =>
        Array.from({ length: last_day - first_day + 1 }, (_, index) => first_day + index),
      );
      const expected = Array.from(
        { length: day('2026-03-03') - day('2025-11-19') + 1 },
        (_, index) => day('2025-11-19') + index,
      );
      assert.deepEqual(days, expected, unit);
    }
  });

  it('start weeks on Monday and months on the first', () => {
    assert.deepEqual(
      buckets('2025-12-31', '2026-01-06', 'week').map(({ bucket }) => bucket),
      ['2025-12-29', '2026-01-05'],
    );
    assert.deepEqual(
      buckets('2025-12-31', '2026-01-06', 'month').map(({ bucket }) => bucket),
      ['2025-12-01', '2026-01-01'],
    );
  });

  it('are partial where the period cuts them', () => {
    assert.deepEqual(
      buckets('2026-01-02', '2026-03-15', 'month').map(({ is_partial }) => is_partial),
      [1, 0, 1],
    );
  });

  it('are partial on the day of the last sync, and say so', () => {
    const steps = buckets('2026-03-16', '2026-03-18', 'day', { asOf: day('2026-03-18') });
    assert.deepEqual(
      steps.map(({ label, is_partial, tail }) => ({ label, is_partial, tail })),
      [
        { label: 'Mon, 16 Mar 2026', is_partial: 0, tail: 0 },
        { label: 'Tue, 17 Mar 2026', is_partial: 0, tail: 1 },
        { label: 'Wed, 18 Mar 2026 (partial)', is_partial: 1, tail: 2 },
      ],
    );
  });

  it('are partial where only some of the instances have reached them', () => {
    const steps = buckets('2026-03-14', '2026-03-18', 'day', {
      asOf: day('2026-03-18'),
      allAsOf: day('2026-03-16'),
    });
    assert.deepEqual(
      steps.map(({ bucket, is_partial, is_behind, tail }) => [bucket, is_partial, is_behind, tail]),
      [
        ['2026-03-14', 0, 0, 0],
        ['2026-03-15', 0, 0, 1],
        ['2026-03-16', 1, 1, 2],
        ['2026-03-17', 1, 1, 2],
        ['2026-03-18', 1, 1, 2],
      ],
    );
  });

  it('are unknown before the first message and after the last sync, and say so', () => {
    const steps = buckets('2026-03-01', '2026-03-06', 'day', {
      first: day('2026-03-03'),
      asOf: day('2026-03-04'),
    });
    assert.deepEqual(
      steps.map(({ label, is_unknown, is_partial, unknown_reason }) => [
        label,
        is_unknown,
        is_partial,
        unknown_reason,
      ]),
      [
        ['Sun, 1 Mar 2026 (unknown)', 1, 0, 'beforeFirstMessage'],
        ['Mon, 2 Mar 2026 (unknown)', 1, 0, 'beforeFirstMessage'],
        ['Tue, 3 Mar 2026', 0, 0, null],
        ['Wed, 4 Mar 2026 (partial)', 0, 1, null],
        ['Thu, 5 Mar 2026 (unknown)', 1, 0, 'afterLastSync'],
        ['Fri, 6 Mar 2026 (unknown)', 1, 0, 'afterLastSync'],
      ],
    );
  });

  it('count only the days that are known of a step that is known in part', () => {
    const [week, next] = buckets('2026-03-02', '2026-03-15', 'week', {
      first: day('2026-03-04'),
      asOf: day('2026-03-10'),
    });
    assert.deepEqual(
      [week, next].map((step) => [step?.first_day, step?.last_day, step?.is_partial]),
      [
        [day('2026-03-04'), day('2026-03-08'), 1],
        [day('2026-03-09'), day('2026-03-10'), 1],
      ],
    );
  });

  it('have no dashed end when the last known step is whole', () => {
    const steps = buckets('2026-03-01', '2026-03-03', 'day', { asOf: day('2026-03-05') });
    assert.deepEqual(
      steps.map(({ tail }) => tail),
      [0, 0, 0],
    );
  });

  it('are none for an empty period', () => {
    assert.deepEqual(buckets('2026-03-02', '2026-03-01', 'day'), []);
  });
});
