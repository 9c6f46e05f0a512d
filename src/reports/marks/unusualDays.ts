import { causesOf } from '../changes/causes';
import type { Mover } from '../changes/facts';
import { PHRASES } from '../changes/phrases';
import type { LocalDay } from '../days';
import type { Formatter } from '../format';
import type { DeriveContext } from '../reportDefinition';
import type { ReportRow } from '../reportModel';
import { anomaliesOf, FLOORS, sameWeekdaysBefore, type Anomaly } from '../trends/anomalies';
import type { Holidays } from '../trends/holidays';
import { medianOf } from '../trends/robust';

/** Numbers by day of each member of a dimension. */
type Members = ReadonlyMap<string, ReadonlyMap<LocalDay, number>>;

type Context = Pick<DeriveContext, 'format' | 'unit'>;

/**
 * Days of the period whose turns are far from those of the same weekdays before: `day` and `text`, a remark. Only where a
 * step is a day.
 * @param turnDays rows of `turn_days`
 */
export function unusualTurns(
  turnDays: readonly ReportRow[],
  holidays: Holidays,
  { format, unit }: Context,
): ReportRow[] {
  return unit === 'day'
    ? anomaliesIn(turnDays, holidays).map((anomaly) => ({ day: anomaly.day, text: textOf(anomaly, format) }))
    : [];
}

/**
 * The same days with what they are due to: `day` and `reason`.
 * @param generationDays rows of `generation_days`
 */
export function unusualDays(
  turnDays: readonly ReportRow[],
  generationDays: readonly ReportRow[],
  holidays: Holidays,
  { format, unit }: Context,
): ReportRow[] {
  if (unit !== 'day') {
    return [];
  }
  const { first } = knownDays(turnDays);
  const turns = membersOf(turnDays, 'instance', 'turns');
  const models = membersOf(generationDays, 'model', 'generations');
  return anomaliesIn(turnDays, holidays).map((anomaly) => {
    const { day, value, usual } = anomaly;
    const known = sameWeekdaysBefore(day, holidays).filter((earlier) => earlier >= first);
    const movers = [...moversOf('instance', turns, day, known), ...moversOf('model', models, day, known)];
    const causes = causesOf(value - usual, movers);
    const text = textOf(anomaly, format);
    return {
      day,
      reason: causes.length === 0 ? text : `${text}. ${PHRASES.causes(format, causes, 'integer')}`,
    };
  });
}

function anomaliesIn(turnDays: readonly ReportRow[], holidays: Holidays): Anomaly[] {
  if (turnDays.length === 0) {
    return [];
  }
  const { from, first, last } = knownDays(turnDays);
  const turns = membersOf(turnDays, 'instance', 'turns');
  const known = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const values = known.map((day) => ({ day, value: sumOf(turns, day) }));
  return anomaliesOf(values, FLOORS.turns, holidays).filter(({ day }) => day >= from);
}

/** First day of the period, and the days that all instances are known of. */
function knownDays(turnDays: readonly ReportRow[]): { from: LocalDay; first: LocalDay; last: LocalDay } {
  const days = (field: string): LocalDay[] => turnDays.map((row) => Number(row[field]));
  return {
    from: Math.min(...days('from_day')),
    first: Math.max(...days('first_known_day')),
    last: Math.min(...days('last_whole_day')),
  };
}

function textOf({ value, usual }: Anomaly, format: Formatter): string {
  return `${format.number(value, 'integer')} turns, usually ${format.number(usual, 'integer')}`;
}

function membersOf(rows: readonly ReportRow[], member: string, count: string): Members {
  const members = new Map<string, Map<LocalDay, number>>();
  for (const row of rows) {
    const name = String(row[member]);
    const days = members.get(name) ?? new Map<LocalDay, number>();
    const day = Number(row['day']);
    members.set(name, days.set(day, (days.get(day) ?? 0) + Number(row[count])));
  }
  return members;
}

function sumOf(members: Members, day: LocalDay): number {
  return [...members.values()].reduce((sum, days) => sum + (days.get(day) ?? 0), 0);
}

/** Each member's number of the day against its median of the known same weekdays before. */
function moversOf(
  dimension: Mover['dimension'],
  members: Members,
  day: LocalDay,
  known: readonly LocalDay[],
): Mover[] {
  return [...members].map(([name, days]) => ({
    dimension,
    name,
    now: days.get(day) ?? 0,
    before: medianOf(known.map((earlier) => days.get(earlier) ?? 0)) ?? 0,
    members: members.size,
  }));
}
