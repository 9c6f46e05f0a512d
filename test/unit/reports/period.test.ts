import assert from 'node:assert/strict';
import { dayOfIso, isoOfDay } from '../../../src/reports/days';
import {
  PERIOD_PRESETS,
  daysText,
  knownPart,
  lengthOf,
  previousPeriod,
  resolvePeriod,
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
      last7: '2026-03-12 to 2026-03-18',
      last30: '2026-02-17 to 2026-03-18',
      last90: '2025-12-19 to 2026-03-18',
      thisMonth: '2026-03-01 to 2026-03-18',
      lastMonth: '2026-02-01 to 2026-02-28',
      thisYear: '2026-01-01 to 2026-03-18',
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

  it('is compared with the equal span right before', () => {
    const period = { from: day('2026-03-01'), to: day('2026-03-10') };
    const previous = previousPeriod(period, known());
    assert.ok(previous !== undefined);
    assert.equal(daysText(previous), '2026-02-19 to 2026-02-28');
  });

  it('is compared with nothing where the span before is not wholly known', () => {
    const period = { from: day('2025-01-15'), to: day('2025-01-24') };
    assert.equal(previousPeriod(period, known()), undefined);
  });

  it('is shown from the first message on', () => {
    const shown = knownPart({ from: day('2024-12-01'), to: day('2025-02-01') }, known());
    assert.equal(isoOfDay(shown.from), '2025-01-10');
  });
});
