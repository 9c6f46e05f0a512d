import type { LocalDay } from '../../days';
import type { Formatter } from '../../format';
import { anomaliesOf, FLOORS, type Anomaly } from '../../trends/anomalies';
import type { Facts } from '../facts';
import { toReport, type Finding } from '../finding';
import { holidaysOf } from '../holidays';
import { PHRASES } from '../phrases';
import { countIn } from '../rowValues';

const MOST_NAMED = 3;

/** Days of the period whose turns are far from those of the same weekdays of the eight weeks before. */
function unusualDays({ rows, instances, span }: Facts): Anomaly[] {
  // A long period has no days; those without a turn have no row.
  if (rows.days.length === 0) {
    return [];
  }
  const turns = new Map<LocalDay, number>();
  for (const row of rows.days) {
    const day = countIn(row, 'day');
    turns.set(day, (turns.get(day) ?? 0) + countIn(row, 'turns'));
  }
  // Days that all instances are known of.
  const first = Math.max(
    Math.min(...turns.keys()),
    ...instances.map((instance) => instance.firstKnownDay ?? -Infinity),
  );
  const last = Math.min(...instances.map(({ lastDay }) => lastDay));
  const known = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const values = known.map((day) => ({ day, value: turns.get(day) ?? 0 }));
  return anomaliesOf(values, FLOORS.turns, holidaysOf(rows.holidays)).filter(({ day }) => day >= span.from);
}

/** Which days stand out, for the sentence about all turns. */
export function dayDetails(facts: Facts, format: Formatter): string[] {
  const days = unusualDays(facts);
  return days.length === 0 ? [] : [PHRASES.unusualDays(format, days.slice(0, MOST_NAMED), days.length)];
}

/** The days as findings of their own, where their sum is as usual. */
export function dayFindings(facts: Facts, format: Formatter): Finding[] {
  const turns = Math.max(facts.now?.turns ?? 0, facts.before?.turns ?? 0);
  return unusualDays(facts).map((day) => ({
    topic: format.day(day.day),
    size: Math.abs(day.value - day.usual) / turns,
    isUnusual: true,
    sentence: {
      text: PHRASES.unusualDay(format, day),
      tone: 'notable',
      details: [],
      link: toReport('overview'),
    },
  }));
}
