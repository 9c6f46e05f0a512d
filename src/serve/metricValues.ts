import { buildReport } from '../reports/buildReport';
import { metricOf, type MetricId } from '../reports/metrics/metrics';
import { VIEWS, type Metric } from '../reports/metrics/metric';
import type { PeriodChoice } from '../reports/period';
import type { ReportDefinition } from '../reports/reportDefinition';
import type { ReportRow } from '../reports/reportModel';
import { DEFAULT_SETTINGS, type ReportScope } from '../reports/reportSettings';
import type { ReportReader } from '../store/resultSet';

/** Steps that values come in; `all`: one value for the whole period. */
export const METRIC_STEPS = ['all', 'day', 'week', 'month'] as const;
export type MetricStep = (typeof METRIC_STEPS)[number];

/** Whether a metric is an aggregate over a view; others are worked out by reports. */
export function hasValues({ over, sql }: Metric): boolean {
  return over !== undefined && sql !== undefined;
}

/** What values are read of. */
export interface MetricRequest {
  readonly scope: ReportScope;
  readonly period: PeriodChoice;
  /** Seconds since 1970. */
  readonly now: number;
  /** IANA name of the mirror's zone. */
  readonly zone: string;
  readonly signal: AbortSignal;
}

/** A value of one step. */
export interface MetricValue {
  /** First day; null of the whole period. */
  readonly step: string | null;
  /** The step is not over, or not all of it is in the period. */
  readonly isPartial: boolean;
  readonly currency: string | null;
  /** null: unknown. */
  readonly value: number | null;
}

/**
 * The values of a metric, as reports count it: by its one definition, with what analysis.json changes.
 * @throws NoReportDataError before the first sync
 */
export async function readMetric(
  reader: ReportReader,
  { id, step }: { readonly id: MetricId; readonly step: MetricStep },
  { scope, period, now, zone, signal }: MetricRequest,
): Promise<{
  readonly period: { readonly from: string; readonly to: string };
  readonly values: readonly MetricValue[];
}> {
  const definition = definitionOf(id, step);
  const settings = {
    ...DEFAULT_SETTINGS,
    reportId: definition.id,
    scope,
    period,
    comparison: 'none' as const,
    ...(step === 'all' ? {} : { unit: step }),
  };
  const model = await buildReport(reader, definition, { settings, now, zone, locale: 'en' }, { signal });
  const { from, to } = model.period;
  return { period: { from, to }, values: (model.datasets['values'] ?? []).map(valueOf) };
}

function valueOf(row: ReportRow): MetricValue {
  const { step = null, currency = null, value = null } = row;
  return {
    step: step === null ? null : String(step),
    isPartial: row['is_partial'] === 1,
    currency: currency === null ? null : String(currency),
    value: value === null ? null : Number(value),
  };
}

/** A report of one dataset: it reads sources, days and effects as all reports do. */
function definitionOf(id: MetricId, step: MetricStep): ReportDefinition {
  const { title, definition } = metricOf(id);
  return {
    id: 'metric',
    title,
    description: definition,
    datasets: { values: { title, sql: step === 'all' ? sqlOfPeriod(id) : sqlOfSteps(id) } },
    facts: ['values'],
    sections: [],
    notes: [],
  };
}

/** Of days before the first message and after the last sync nothing is known: that is not 0. */
function sqlOfPeriod(id: MetricId): string {
  const { over = 't', format } = metricOf(id);
  const plain = `NULL AS step, 0 AS is_partial`;
  const value = `CASE (SELECT MIN(is_unknown) FROM bucket) WHEN 0 THEN {{${id}}} END AS value`;
  if (over !== 'c') {
    return `WITH {{buckets}} SELECT ${plain}, NULL AS currency, ${value} FROM main.${VIEWS[over]} ${over} WHERE {{in_period(${over})}}`;
  }
  return format === 'money'
    ? `SELECT ${plain}, c.currency, {{${id}}} AS value FROM {{costs(in_period)}} c WHERE c.currency IS NOT NULL GROUP BY c.currency ORDER BY c.currency`
    : `WITH {{buckets}} SELECT ${plain}, NULL AS currency, ${value} FROM {{costs(in_period)}} c`;
}

/** Steps that nothing is known of are NULL. */
function sqlOfSteps(id: MetricId): string {
  const { over = 't', format } = metricOf(id);
  if (over !== 'c') {
    return `WITH {{buckets}}
      SELECT b.bucket AS step, b.is_partial, NULL AS currency,
        CASE b.is_unknown WHEN 0 THEN (SELECT {{${id}}} FROM main.${VIEWS[over]} ${over} WHERE {{in_bucket(${over})}}) END AS value
      FROM bucket b ORDER BY b.bucket`;
  }
  const isMoney = format === 'money';
  return `WITH RECURSIVE {{buckets}}, {{bucket_days}}
    SELECT d.bucket AS step, MAX(d.is_partial) AS is_partial, ${isMoney ? 'c.currency' : 'NULL'} AS currency, {{${id}}} AS value
    FROM {{costs(in_period, day)}} c JOIN day d ON d.day = c.day
    ${isMoney ? 'WHERE c.currency IS NOT NULL' : ''}
    GROUP BY d.bucket${isMoney ? ', c.currency' : ''} ORDER BY d.bucket, 3`;
}
