import assert from 'node:assert/strict';
import * as v from 'valibot';
import { dateOfDay, monthsBefore, retentionSchema } from '../../../../src/store/retention/retention';

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

describe('the date some months ago', () => {
  const CASES: readonly (readonly [from: string, months: number, expected: string])[] = [
    ['2025-11-16', 12, '2024-11-16'],
    ['2025-11-16', 1, '2025-10-16'],
    ['2025-01-31', 1, '2024-12-31'],
    ['2025-03-31', 1, '2025-02-28'],
    ['2024-03-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2023-02-28'],
    ['2024-02-29', 48, '2020-02-29'],
    ['2100-03-30', 1, '2100-02-28'],
    ['2025-05-31', 6, '2024-11-30'],
    ['2025-11-16', 120, '2015-11-16'],
  ];
  for (const [from, months, expected] of CASES) {
    it(`is ${expected}, ${months} before ${from}`, () => {
      assert.equal(dateOfDay(monthsBefore(dayOf(from), months)), expected);
    });
  }
});

describe('a retention policy', () => {
  const accepts = (textMonths: unknown, runDays: unknown): boolean =>
    v.is(retentionSchema, { textMonths, runDays });

  it('keeps its numbers whole and within their bounds', () => {
    assert.ok(accepts(0, 1));
    assert.ok(accepts(120, 3650));
    for (const [textMonths, runDays] of [
      [-1, 90],
      [121, 90],
      [0.5, 90],
      [12, 0],
      [12, 3651],
      ['12', 90],
      [Number.NaN, 90],
    ]) {
      assert.ok(!accepts(textMonths, runDays), `${textMonths} months, ${runDays} days`);
    }
  });
});
