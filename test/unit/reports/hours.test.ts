import assert from 'node:assert/strict';
import { dayOfIso } from '../../../src/reports/days';
import { hoursByWeekday } from '../../../src/reports/hours';

function hours(
  from: string,
  to: string,
  zone: string,
  lastHour?: number,
): (weekday: number, hour: number) => number {
  const period = { from: dayOfIso(from) ?? Number.NaN, to: dayOfIso(to) ?? Number.NaN };
  const counts = hoursByWeekday(period, zone, lastHour);
  return (weekday, hour) =>
    counts.find((slot) => slot.weekday === weekday && slot.hour === hour)?.hours ?? Number.NaN;
}

const SUNDAY = 6;

describe('the hours of a period', () => {
  it('count each hour of a week once', () => {
    const count = hours('2026-01-05', '2026-01-11', 'UTC');
    for (let slot = 0; slot < 7 * 24; slot++) {
      assert.equal(count(Math.floor(slot / 24), slot % 24), 1);
    }
  });

  it('leave out the hour that spring skips', () => {
    const count = hours('2026-03-23', '2026-04-05', 'Europe/Berlin');
    assert.deepEqual(
      [1, 2, 3].map((hour) => count(SUNDAY, hour)),
      [2, 1, 2],
    );
  });

  it('count the hour that autumn repeats twice', () => {
    const count = hours('2026-11-01', '2026-11-01', 'America/New_York');
    assert.deepEqual(
      [0, 1, 2].map((hour) => count(SUNDAY, hour)),
      [1, 2, 1],
    );
  });

  it('know zones that move by half an hour', () => {
    const count = hours('2026-10-04', '2026-10-04', 'Australia/Lord_Howe');
    assert.deepEqual(
      [1, 2, 3].map((hour) => count(SUNDAY, hour)),
      [1, 0.5, 1],
    );
  });

  it('change nothing in a zone off the full hour without clock changes', () => {
    const count = hours('2026-03-23', '2026-04-05', 'Asia/Kolkata');
    assert.equal(count(SUNDAY, 2), 2);
  });

  it('end on the last day with the last hour that a sync saw', () => {
    const count = hours('2026-01-05', '2026-01-05', 'UTC', 12);
    assert.deepEqual([count(0, 12), count(0, 13)], [1, 0]);
  });
});
