import * as v from 'valibot';
import { isMetricId, metricOf, METRICS, type MetricId } from '../../reports/metrics/metrics';
import { VIEWS } from '../../reports/metrics/metric';
import { ProblemError } from '../http/problem';
import { keysOf, METRIC_KEYS } from '../metricSql';
import { readMetric } from '../metricValues';
import { periodOf, scopeOf, SPAN } from './parameters';
import { json, route } from './route';

const DEFAULT_PERIOD = { kind: 'preset', preset: 'last30' } as const;

export const metricsRoute = route({
  method: 'get',
  path: '/v1/metrics',
  operationId: 'listMetrics',
  summary: 'Every number that reports show, with its definition',
  input: {},
  answer: { contentType: 'application/json', schema: 'Metrics' },
  problems: [],
  run: () => Promise.resolve(json({ metrics: (Object.keys(METRICS) as MetricId[]).map(metricEntry) })),
});

export const metricRoute = route({
  method: 'get',
  path: '/v1/metrics/{id}',
  operationId: 'getMetric',
  summary: 'Values of one number, over time, by user, group or model; default: of the last 30 days together',
  input: {
    path: v.strictObject({ id: v.pipe(v.string(), v.description('One of /v1/metrics with hasValues')) }),
    query: v.strictObject({
      ...SPAN,
      by: v.optional(
        v.pipe(
          v.picklist(METRIC_KEYS),
          v.description('Steps of the time axis, or whose use it is; what a metric has, /v1/metrics tells'),
        ),
        'all',
      ),
    }),
  },
  answer: { contentType: 'application/json', schema: 'MetricValues' },
  problems: ['not_found', 'no_data', 'too_many', 'took_too_long', 'unavailable'],
  thread: 'reader',
  run: async ({ path: { id }, query }, { mirror, now, signal }) => {
    const keys = isMetricId(id) ? keysOf(metricOf(id)) : [];
    if (!isMetricId(id) || keys.length === 0) {
      throw new ProblemError('not_found', {
        detail: isMetricId(id)
          ? 'This number is worked out by reports: read it there, or by SQL.'
          : 'There is no such metric: see /v1/metrics.',
      });
    }
    if (!keys.includes(query.by)) {
      throw new ProblemError('bad_request', { detail: `This metric comes by ${keys.join(', ')}.` });
    }
    const { instances, zone } = await mirror.instances();
    const request = {
      scope: scopeOf(query.instance, instances),
      period: periodOf(query) ?? DEFAULT_PERIOD,
      now: Math.floor(now / 1000),
      zone,
      signal,
    };
    const { period, values } = await mirror.readReport(signal, (reader) =>
      readMetric(reader, { id, key: query.by }, request),
    );
    return json({ metric: metricEntry(id), zone, period, step: query.by, values });
  },
});

function metricEntry(id: MetricId): object {
  const metric = metricOf(id);
  const { title, definition, format, over, sql } = metric;
  const by = keysOf(metric);
  return {
    id,
    title,
    definition,
    unit: format,
    view: over === undefined ? null : VIEWS[over],
    sql: sql ?? null,
    hasValues: by.length > 0,
    by,
  };
}
