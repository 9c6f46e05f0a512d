import assert from 'node:assert/strict';
import { anomaliesOf, FLOORS, type DayValue } from '../../../../src/reports/trends/anomalies';

const MONDAY = 20_000 - ((20_000 + 3) % 7);

/** Nine weeks: 100 turns on workdays, 10 on weekends, without a change; `overrides` by days since the first Monday. */
function nineWeeks(overrides: Readonly<Record<number, number | null>> = {}): DayValue[] {
  return Array.from({ length: 63 }, (_, index) => ({
    day: MONDAY + index,
    value: index in overrides ? (overrides[index] ?? null) : index % 7 < 5 ? 100 : 10,
  }));
}

describe('unusual days', () => {
  it('are none in a steady rhythm: weekends are measured against weekends', () => {
    assert.deepEqual(anomaliesOf(nineWeeks(), FLOORS.turns), []);
  });

  it('are those far above the same weekday of eight weeks', () => {
    // The Saturday of the ninth week.
    assert.deepEqual(anomaliesOf(nineWeeks({ 61: 90 }), FLOORS.turns), [
      { day: MONDAY + 61, value: 90, usual: 10, direction: 'up' },
    ]);
  });

  it('are those far below it', () => {
    assert.deepEqual(anomaliesOf(nineWeeks({ 56: 0 }), FLOORS.turns), [
      { day: MONDAY + 56, value: 0, usual: 100, direction: 'down' },
    ]);
  });

  it('must pass the floor, also where the weeks before were all equal', () => {
    assert.deepEqual(anomaliesOf(nineWeeks({ 56: 119 }), FLOORS.turns), []);
    assert.equal(anomaliesOf(nineWeeks({ 56: 120 }), FLOORS.turns).length, 1);
    assert.equal(anomaliesOf(nineWeeks({ 56: 106 }), FLOORS.cost).length, 1);
  });

  it('are within the scatter of their weekday when it is wide', () => {
    // Mondays 60 140 60 140 ...: median 100, median deviation 40, limit 3.5 * 1.4826 * 40 = 207.6.
    const mondays = Object.fromEntries(
      Array.from({ length: 8 }, (_, week) => [week * 7, week % 2 ? 140 : 60]),
    );
    assert.deepEqual(anomaliesOf(nineWeeks({ ...mondays, 56: 307 }), FLOORS.turns), []);
    assert.equal(anomaliesOf(nineWeeks({ ...mondays, 56: 308 }), FLOORS.turns).length, 1);
  });

  it('do not make the days after them usual', () => {
    const found = anomaliesOf(nineWeeks({ 49: 900, 56: 900 }), FLOORS.turns);
    assert.deepEqual(
      found.map(({ day }) => day),
      [MONDAY + 49, MONDAY + 56],
    );
  });

  it('are never unknown days, and need four known weekdays before them', () => {
    const threeKnown = { 0: null, 7: null, 14: null, 21: null, 28: null, 56: 900 };
    assert.deepEqual(anomaliesOf(nineWeeks({ ...threeKnown, 35: 100 }), FLOORS.turns), []);
    assert.equal(anomaliesOf(nineWeeks({ ...threeKnown, 28: 100 }), FLOORS.turns).length, 1);
    assert.deepEqual(anomaliesOf(nineWeeks({ 56: null }), FLOORS.turns), []);
  });
});
