import type { DialectName, SqlParameters } from '../store/resultSet';
import { NO_EFFECTS, type AnalysisEffects } from './analysisEffects';
import type { Bucket } from './buckets';
import { bucketsOf, bucketUnitOf } from './buckets';
import type { BucketUnit, LocalDay } from './days';
import { filterParameters } from './filterSql';
import type { Formatter } from './format';
import { hoursByWeekday } from './hours';
import type { Period } from './period';
import { drawnPeriod, knownPart, lengthOf, previousPeriod, resolvePeriod } from './period';
import type { ReportRequest } from './reportRequest';
import type { Knowledge, Source } from './sources';
import { knowledgeOf } from './sources';
import type { SqlContext } from './sqlTemplate';

/** A request worked out for the instances that it covers: the time side, and how statements read it. */
export interface ReportPlan {
  readonly today: LocalDay;
  readonly known: Knowledge;
  readonly period: Period;
  /** What the period is compared with; undefined where the mirror does not know all of it. */
  readonly previous?: Period | undefined;
  readonly unit: BucketUnit;
  /** Steps of the whole period; those that nothing is known of say so. */
  readonly buckets: readonly Bucket[];
  readonly sql: SqlContext;
  readonly parameters: SqlParameters;
}

/** Part of the known days above which reading the whole table beats the index. */
const BROAD = 0.2;

/** An empty span: no day is in it. */
const NONE: Period = { from: 1, to: 0 };

/**
 * @param effects what analysis.json changes; absent: nothing, as costs need it
 * @throws RangeError for a period that is none
 */
export function planOf(
  sources: readonly Source[],
  { settings, now, zone }: ReportRequest,
  today: LocalDay,
  format: Formatter,
  effects: AnalysisEffects = NO_EFFECTS,
  dialect?: DialectName,
): ReportPlan {
  const known = knowledgeOf(sources, today);
  const period = resolvePeriod(settings.period, known);
  const previous = previousPeriod(period, known, settings.comparison);
  const shown = knownPart(period, known);
  const drawn = drawnPeriod(settings.period, known);
  const unit = bucketUnitOf(drawn, settings.unit);
  const buckets = bucketsOf(drawn, unit, known, format);
  const lastHour = shown.to === known.asOf ? known.lastHour : 23;
  return {
    today,
    known,
    period,
    previous,
    unit,
    buckets,
    sql: { access: isBroad(shown, known) ? 'scan' : 'index', filter: settings.filter, effects, dialect },
    parameters: {
      instances: JSON.stringify(sources.map(({ id }) => id)),
      ...filterParameters(settings.filter),
      from_day: period.from,
      to_day: period.to,
      previous_from_day: (previous ?? NONE).from,
      previous_to_day: (previous ?? NONE).to,
      as_of_day: known.asOf,
      today,
      now,
      buckets: JSON.stringify(buckets),
      hours: JSON.stringify(hoursByWeekday(shown, zone, lastHour)),
    },
  };
}

function isBroad(shown: Period, { first, asOf }: Knowledge): boolean {
  return first !== undefined && lengthOf(shown) > BROAD * lengthOf({ from: first, to: asOf });
}
