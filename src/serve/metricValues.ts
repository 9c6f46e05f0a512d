import { buildReport } from '../reports/buildReport';
import { metricOf, type MetricId } from '../reports/metrics/metrics';
import type { PeriodChoice } from '../reports/period';
import type { ReportDefinition } from '../reports/reportDefinition';
import type { ReportRow } from '../reports/reportModel';
import { DEFAULT_SETTINGS, type ReportScope } from '../reports/reportSettings';
import type { ReportReader } from '../store/resultSet';
import { metricSql, TIME_STEPS, type MetricKey } from './metricSql';

/** Steps of the time axis, as the settings of a report name them. */
type TimeStep = (typeof TIME_STEPS)[number];

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

/** A value of one step, user, group or model. */
export interface MetricValue {
  /** First day; null of the whole period. */
  readonly step: string | null;
  /** The step is not over, or not all of it is in the period. */
  readonly isPartial: boolean;
  readonly currency: string | null;
  /** null: unknown. */
  readonly value: number | null;
  /** By user alone; null: nobody knows whose it is, or analysis.json leaves the account out. */
  readonly user?: { readonly id: number; readonly name: string; readonly instance: string } | null;
  /** By group alone; its id is null for whoever is in none. null: as of users. */
  readonly group?: { readonly id: number | null; readonly name: string; readonly instance: string } | null;
  /** By model alone; null: unknown. */
  readonly model?: string | null;
}

/**
 * The values of a metric, as reports count it: by its one definition, with what analysis.json changes.
 * @throws NoReportDataError before the first sync
 */
export async function readMetric(
  reader: ReportReader,
  { id, key }: { readonly id: MetricId; readonly key: MetricKey },
  { scope, period, now, zone, signal }: MetricRequest,
): Promise<{
  readonly period: { readonly from: string; readonly to: string };
  readonly values: readonly MetricValue[];
}> {
  const definition = definitionOf(id, key);
  const settings = {
    ...DEFAULT_SETTINGS,
    reportId: definition.id,
    scope,
    period,
    comparison: 'none' as const,
    ...(isTimeStep(key) ? { unit: key } : {}),
  };
  const model = await buildReport(reader, definition, { settings, now, zone, locale: 'en' }, { signal });
  const { from, to } = model.period;
  return { period: { from, to }, values: (model.datasets['values'] ?? []).map((row) => valueOf(row, key)) };
}

function isTimeStep(key: MetricKey): key is TimeStep {
  return TIME_STEPS.some((step) => step === key);
}

function valueOf(row: ReportRow, key: MetricKey): MetricValue {
  const { step = null, currency = null, value = null, model = null } = row;
  return {
    step: step === null ? null : String(step),
    isPartial: row['is_partial'] === 1,
    currency: currency === null ? null : String(currency),
    value: value === null ? null : Number(value),
    ...(key === 'user' ? { user: userOf(row) } : {}),
    ...(key === 'group' ? { group: groupOf(row) } : {}),
    ...(key === 'model' ? { model: model === null ? null : String(model) } : {}),
  };
}

function userOf({ user_id: id = null, user_name: name = null, instance = null }: ReportRow) {
  return id === null ? null : { id: Number(id), name: String(name), instance: String(instance) };
}

function groupOf({ group_id: id = null, group_name: name = null, instance = null }: ReportRow) {
  return instance === null
    ? null
    : { id: id === null ? null : Number(id), name: String(name), instance: String(instance) };
}

/** A report of one dataset: it reads sources, days and effects as all reports do. */
function definitionOf(id: MetricId, key: MetricKey): ReportDefinition {
  const { title, definition } = metricOf(id);
  return {
    id: 'metric',
    title,
    description: definition,
    datasets: { values: { title, sql: metricSql(id, key) } },
    facts: ['values'],
    sections: [],
    notes: [],
  };
}
