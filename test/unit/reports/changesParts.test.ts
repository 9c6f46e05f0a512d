import assert from 'node:assert/strict';
import { causesOf } from '../../../src/reports/changes/causes';
import type { Mover } from '../../../src/reports/changes/facts';
import { forecastOf } from '../../../src/reports/changes/forecast';
import { listed, PHRASES } from '../../../src/reports/changes/phrases';
import { judge } from '../../../src/reports/changes/unusual';
import { dayOfIso } from '../../../src/reports/days';
import { createFormatter } from '../../../src/reports/format';

const format = createFormatter('en');

function day(iso: string): number {
  return dayOfIso(iso) ?? Number.NaN;
}

describe('a change', () => {
  const STEADY = [100, 102, 98, 101, 99, 100, 103, 97];

  it('below the floor is not told, however large its part', () => {
    assert.deepEqual(judge({ now: 19, before: 0, earlier: [] }, 20), {
      isTold: false,
      isUnusual: false,
      usual: undefined,
    });
  });

  it('of a fifth is told, and unusual where too little is known of the past', () => {
    assert.equal(judge({ now: 100, before: 124, earlier: [124, 120, 118] }, 20).isUnusual, false);
    assert.equal(judge({ now: 100, before: 125, earlier: [125, 120, 118] }, 20).isUnusual, true);
  });

  it('is unusual beyond 3.5 robust deviations from the median', () => {
    // Median 100, median deviation 1.5: 3.5 x 1.4826 x 1.5 = 7.8.
    assert.deepEqual(judge({ now: 108, before: 97, earlier: STEADY }, 5), {
      isTold: true,
      isUnusual: true,
      usual: 100,
    });
    assert.equal(judge({ now: 107, before: 97, earlier: STEADY }, 5).isTold, false);
  });

  it('back to what is usual is told, and not unusual', () => {
    assert.deepEqual(judge({ now: 100, before: 40, earlier: [40, ...STEADY] }, 20), {
      isTold: true,
      isUnusual: false,
      usual: 100,
    });
  });
});

describe('the causes of a change', () => {
  const mover = (dimension: Mover['dimension'], name: string, change: number, members = 5): Mover => ({
    dimension,
    name,
    now: 100 + change,
    before: 100,
    members,
  });

  it('are at most three: the foremost of each dimension before second ones', () => {
    const causes = causesOf(-100, [
      mover('user', 'Ann', -50),
      mover('user', 'Ben', -40),
      mover('model', 'gpt-4o', -30),
      mover('instance', 'fasgpt', -20),
    ]);
    assert.deepEqual(
      causes.map(({ name, share }) => [name, share]),
      [
        ['Ann', 0.5],
        ['gpt-4o', 0.3],
        ['fasgpt', 0.2],
      ],
    );
  });

  it('are none that went the other way, are small, or have nobody beside them', () => {
    const causes = causesOf(100, [
      mover('user', 'Ann', -50),
      mover('user', 'Ben', 9),
      mover('instance', 'fasgpt', 100, 1),
    ]);
    assert.deepEqual(causes, []);
  });

  it('may be more than the whole change', () => {
    const causes = causesOf(-100, [mover('user', 'Ann', -150), mover('user', 'Ben', 50)]);
    assert.equal(
      PHRASES.causes(format, causes, 'integer'),
      'Causes: user Ann -150 (more than all of the change).',
    );
  });
});

describe('the forecast of a month', () => {
  /** Two a workday, one on Saturdays, nothing on Sundays. */
  function steady(from: number, to: number): Map<number, number> {
    const costs = new Map<number, number>();
    for (let date = from; date <= to; date++) {
      const weekday = (date + 3) % 7;
      if (weekday < 6) {
        costs.set(date, weekday === 5 ? 1 : 2);
      }
    }
    return costs;
  }

  it('adds the usual cost of each open weekday to what was spent', () => {
    const last = day('2026-07-15');
    // July 2026 begins on a Wednesday. Until the 15th: 11 workdays and 2 Saturdays; after it 12 workdays and 2 Saturdays.
    assert.deepEqual(forecastOf(steady(day('2026-06-01'), last), last, day('2026-06-01')), {
      month: day('2026-07-01'),
      soFar: 24,
      whole: 24 + 26,
    });
  });

  it('takes what a running day has cost already where it is more than usual', () => {
    const last = day('2026-07-15');
    const costs = steady(day('2026-06-01'), last).set(day('2026-07-16'), 10);
    assert.equal(forecastOf(costs, last, day('2026-06-01'))?.whole, 50 + 8);
  });

  it('is that of the next month on the last day of one', () => {
    const last = day('2026-07-31');
    const forecast = forecastOf(steady(day('2026-06-01'), last), last, day('2026-06-01'));
    // August 2026: 21 workdays and 5 Saturdays.
    assert.deepEqual(forecast, { month: day('2026-08-01'), soFar: 0, whole: 47 });
  });

  it('is none before two weeks are known', () => {
    const last = day('2026-07-15');
    assert.equal(forecastOf(steady(day('2026-07-03'), last), last, day('2026-07-03')), undefined);
  });
});

describe('words of changes', () => {
  it('list names, and how many more there are', () => {
    assert.equal(listed([]), '');
    assert.equal(listed(['Ann']), 'Ann');
    assert.equal(listed(['Ann', 'Ben']), 'Ann and Ben');
    assert.equal(listed(['Ann', 'Ben', 'Cid'], 12), 'Ann, Ben, Cid and 9 more');
  });

  it('have one deletion that waits and several that wait', () => {
    assert.equal(PHRASES.held(format, 1, ['a']), '1 deletion of a waits for your review.');
    assert.equal(PHRASES.held(format, 1200, ['a', 'b']), '1,200 deletions of a and b wait for your review.');
  });

  it('write numbers of the locale', () => {
    assert.equal(
      PHRASES.moved(createFormatter('de'), 'Turns', 1380, 1000, 'integer'),
      'Turns rose by 38\u00a0% to 1.380, from 1.000.',
    );
  });
});
