import assert from 'node:assert/strict';
import { dayOfIso, isoOfDay, weekdayOf } from '../../../src/reports/days';
import {
  COMPARISONS,
  PERIOD_PRESETS,
  daysText,
  drawnPeriod,
  knownPart,
  lengthOf,
  previousPeriod,
  resolvePeriod,
  type ComparisonChoice,
  type KnownDays,
  type PresetId,
} from '../../../src/reports/period';

function day(text: string): number {
  const found = dayOfIso(text);
  assert.ok(found !== undefined);
  return found;
}

function known(overrides: Partial<Record<keyof KnownDays, string>> = {}): KnownDays {
  const { today = '2026-03-18', first = '2025-01-10', asOf = today } = overrides;
  return { today: day(today), first: day(first), asOf: day(asOf) };
}

const preset = (id: PresetId, days = known()): string =>
  daysText(resolvePeriod({ kind: 'preset', preset: id }, days));

describe('a period', () => {
  it('follows today for each preset', () => {
    assert.deepEqual(Object.fromEntries(PERIOD_PRESETS.map(({ id }) => [id, preset(id)])), {
      today: '2026-03-18',
      yesterday: '2026-03-17',
      thisWeek: '2026-03-16 to 2026-03-18',
      lastWeek: '2026-03-09 to 2026-03-15',
      last7: '2026-03-12 to 2026-03-18',
      last30: '2026-02-17 to 2026-03-18',
      last90: '2025-12-19 to 2026-03-18',
      last12Weeks: '2025-12-29 to 2026-03-18',
      thisMonth: '2026-03-01 to 2026-03-18',
      lastMonth: '2026-02-01 to 2026-02-28',
      last12Months: '2025-04-01 to 2026-03-18',
      thisYear: '2026-01-01 to 2026-03-18',
      lastYear: '2025-01-01 to 2025-12-31',
      all: '2025-01-10 to 2026-03-18',
    });
  });

  it('ends at the last sync: later days are unknown', () => {
    assert.equal(preset('last7', known({ asOf: '2026-03-15' })), '2026-03-12 to 2026-03-15');
  });

  it('is empty when the last sync was before it', () => {
    const period = resolvePeriod({ kind: 'preset', preset: 'last7' }, known({ asOf: '2026-01-01' }));
    assert.equal(lengthOf(period), 0);
  });

  it('crosses a year backwards', () => {
    assert.equal(preset('lastMonth', known({ today: '2026-01-05' })), '2025-12-01 to 2025-12-31');
  });

  for (const [from, to] of [
    ['2026-02-30', '2026-03-01'],
    ['2026-03-02', '2026-03-01'],
    ['yesterday', '2026-03-01'],
  ] as const) {
    it(`refuses ${from} to ${to}`, () => {
      assert.throws(() => resolvePeriod({ kind: 'days', from, to }, known()), RangeError);
    });
  }

  it('is drawn with the days after the last sync, but never past today', () => {
    const days = known({ asOf: '2026-03-15' });
    const drawn = (from: string, to: string) => daysText(drawnPeriod({ kind: 'days', from, to }, days));
    assert.equal(drawn('2026-03-10', '2026-03-17'), '2026-03-10 to 2026-03-17');
    assert.equal(drawn('2026-03-10', '2026-12-31'), '2026-03-10 to 2026-03-18');
  });

  it('is shown from the first message on', () => {
    const shown = knownPart({ from: day('2024-12-01'), to: day('2025-02-01') }, known());
    assert.equal(isoOfDay(shown.from), '2025-01-10');
  });
});

describe('the span that a period is compared with', () => {
  const compared = (
    from: string,
    to: string,
    comparison: ComparisonChoice,
    days = known({ first: '2023-01-01' }),
  ): string | undefined => {
    const previous = previousPeriod({ from: day(from), to: day(to) }, days, comparison);
    return previous === undefined ? undefined : daysText(previous);
  };

  it('is the equal span right before', () => {
    assert.equal(compared('2026-03-01', '2026-03-10', 'previous'), '2026-02-19 to 2026-02-28');
  });

  it('is as long and of the same weekdays, the least number of whole weeks before', () => {
    // Sunday to Tuesday, ten days: two weeks back.
    assert.equal(compared('2026-03-01', '2026-03-10', 'sameWeekdays'), '2026-02-15 to 2026-02-24');
    assert.equal(compared('2026-03-09', '2026-03-15', 'sameWeekdays'), '2026-03-02 to 2026-03-08');
    assert.equal(compared('2026-03-18', '2026-03-18', 'sameWeekdays'), '2026-03-11');
  });

  it('is 52 weeks before, on the same weekdays', () => {
    assert.equal(compared('2026-03-09', '2026-03-15', 'yearBefore'), '2025-03-10 to 2025-03-16');
    assert.equal(weekdayOf(day('2026-03-09')), weekdayOf(day('2025-03-10')));
  });

  it('is none a year before a period that is longer than a year', () => {
    assert.equal(compared('2025-01-01', '2025-12-31', 'yearBefore'), '2024-01-03 to 2025-01-01');
    assert.equal(compared('2025-01-01', '2026-03-18', 'yearBefore'), undefined);
  });

  it('is none where none is wanted', () => {
    assert.equal(compared('2026-03-01', '2026-03-10', 'none'), undefined);
  });

  for (const { id } of COMPARISONS) {
    it(`is none where the mirror does not know all of it (${id})`, () => {
      assert.equal(compared('2025-01-12', '2025-01-20', id, known()), undefined);
    });
  }

  it('is none for an empty period', () => {
    assert.equal(compared('2026-03-02', '2026-03-01', 'previous'), undefined);
  });
});
