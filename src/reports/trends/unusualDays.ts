import type { LocalDay } from '../days';
import type { DatasetDefinition, DeriveContext } from '../reportDefinition';
import type { ReportRow } from '../reportModel';
import { anomaliesOf, FLOORS, type DayValue } from './anomalies';
import dayPeople from './day_people.sql';
import dayTurns from './day_turns.sql';
import { explanationOf, reasonOf } from './explanation';

/**
 * Datasets for any report: `unusual_days` has the days of the period whose turns are far from those of the same weekday in
 * the eight weeks before, with the reason, as `anomalies` of a line over time wants them. Empty unless the axis has days.
 */
export const UNUSUAL_DAYS = {
  day_turns: { title: 'Turns of each day', sql: dayTurns },
  day_people: { title: 'Turns of unusual days by user', sql: dayPeople },
  unusual_days: {
    title: 'Unusual days',
    from: ['day_turns', 'day_people'],
    derive: ([turns = [], people = []], { format }: DeriveContext) => unusualDays(turns, people, format),
  },
} as const satisfies Readonly<Record<string, DatasetDefinition>>;

/** Rows with `day`, `label`, `value`, `usual` and `reason`. */
function unusualDays(
  turns: readonly ReportRow[],
  people: readonly ReportRow[],
  format: DeriveContext['format'],
): ReportRow[] {
  const judged = new Set(turns.filter(({ is_judged }) => is_judged === 1).map(({ day }) => Number(day)));
  const parts = people.map(({ day, user_id, name, turns: value }) => ({
    key: Number(user_id),
    name: typeof name === 'string' ? name : 'Unknown user',
    day: Number(day),
    value: Number(value),
  }));
  return anomaliesOf(knownDays(turns, judged), FLOORS.turns)
    .filter(({ day }) => judged.has(day))
    .map((anomaly) => ({
      day: anomaly.day,
      label: format.day(anomaly.day),
      value: anomaly.value,
      usual: anomaly.usual,
      reason: reasonOf(anomaly, explanationOf(anomaly, parts), format),
    }));
}

/** Every day from the first with a turn to the last judged one; days of the period that are not judged are not known. */
function knownDays(turns: readonly ReportRow[], judged: ReadonlySet<LocalDay>): DayValue[] {
  const values = new Map(turns.map((row) => [Number(row['day']), Number(row['turns'])]));
  const first = Math.min(...[...values].filter(([, value]) => value > 0).map(([day]) => day));
  const begin = Math.min(...judged);
  const last = Math.max(...judged);
  if (!Number.isFinite(first) || judged.size === 0) {
    return [];
  }
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).map((day) => ({
    day,
    value: day < begin || judged.has(day) ? (values.get(day) ?? 0) : null,
  }));
}
