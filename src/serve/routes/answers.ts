import * as v from 'valibot';
import { PRIVACY_MODES } from '../../store/instances/privacy';
import { instanceStatusSchema } from '../../store/runSchemas';
import { problemSchema } from '../http/problem';
import { METRIC_KEYS } from '../metricSql';

const integer = v.pipe(v.number(), v.integer());
const localTime = v.pipe(v.string(), v.description('Local to the zone of the mirror: YYYY-MM-DD HH:MM:SS'));

/** A value of a row. Integers keep every digit; bytes are an SQL literal. */
const cell = v.nullable(v.union([v.string(), v.number()]));

const instance = v.strictObject({
  id: v.pipe(integer, v.description('Column instance_id of all tables')),
  name: v.string(),
  url: v.string(),
  enabled: v.pipe(v.boolean(), v.description('Whether syncs of all instances reach it')),
  privacy: v.picklist(PRIVACY_MODES),
  version: v.nullable(v.pipe(v.string(), v.description('Of Open WebUI, at the last sync'))),
  lastSync: v.nullable(localTime),
  lastSyncEpoch: v.nullable(integer),
});

const metric = v.strictObject({
  id: v.string(),
  title: v.string(),
  definition: v.pipe(v.string(), v.description('What is counted and what is not')),
  unit: v.pipe(
    v.string(),
    v.description('integer, compact, decimal, percent (a fraction of 1), money, duration, …'),
  ),
  view: v.nullable(v.pipe(v.string(), v.description('Public view that it counts on'))),
  sql: v.nullable(v.pipe(v.string(), v.description('Aggregate over rows of that view'))),
  hasValues: v.pipe(v.boolean(), v.description('Whether /v1/metrics/{id} tells its values')),
  by: v.pipe(v.array(v.picklist(METRIC_KEYS)), v.description('What its values can come by')),
});

const days = {
  from: v.pipe(v.string(), v.description('First local day')),
  to: v.pipe(v.string(), v.description('Last local day, not after the last sync')),
};

const column = v.looseObject({
  field: v.string(),
  title: v.optional(v.string()),
  unit: v.optional(v.string()),
});

/** Bodies of answers by name: the OpenAPI document tells them, and a test holds real answers to them. */
export const ANSWERS = {
  Problem: problemSchema,
  Instances: v.strictObject({ zone: v.string(), instances: v.array(instance) }),
  Status: v.strictObject({
    generation: v.pipe(integer, v.description('Number of the file generation that answers are read from')),
    zone: v.string(),
    sizes: v.nullable(v.strictObject({ imageBytes: integer, shardBytes: integer })),
    instances: v.array(v.omit(instanceStatusSchema, ['url'])),
  }),
  Reports: v.strictObject({
    reports: v.array(v.strictObject({ id: v.string(), title: v.string(), description: v.string() })),
  }),
  Report: v.pipe(
    v.looseObject({
      format: v.literal('openwebui-sync-report'),
      version: integer,
      report: v.looseObject({ id: v.string(), title: v.string() }),
      period: v.looseObject(days),
      zone: v.string(),
      generation: integer,
      isEmpty: v.boolean(),
      tiles: v.array(v.unknown()),
      sentences: v.array(v.unknown()),
      tables: v.array(v.looseObject({ id: v.string(), title: v.string(), dataset: v.string() })),
      datasets: v.record(
        v.string(),
        v.looseObject({ columns: v.array(column), rows: v.array(v.record(v.string(), v.unknown())) }),
      ),
      notes: v.array(v.string()),
    }),
    v.description('As `report --format json` writes it: docs/report-json.md'),
  ),
  Metrics: v.strictObject({ metrics: v.array(metric) }),
  MetricValues: v.strictObject({
    metric,
    zone: v.string(),
    period: v.strictObject(days),
    step: v.pipe(v.picklist(METRIC_KEYS), v.description('What values come by')),
    values: v.array(
      v.strictObject({
        step: v.nullable(v.pipe(v.string(), v.description('First day of the step; null: the whole period'))),
        isPartial: v.boolean(),
        currency: v.nullable(
          v.pipe(v.string(), v.description('Of money; amounts of several are never added')),
        ),
        value: v.nullable(v.pipe(v.number(), v.description('null: unknown, which is not 0'))),
        user: v.optional(
          v.pipe(
            v.nullable(v.strictObject({ id: integer, name: v.string(), instance: v.string() })),
            v.description('By user; null: unknown, or an account that analysis.json leaves out'),
          ),
        ),
        group: v.optional(
          v.pipe(
            v.nullable(
              v.strictObject({
                id: v.nullable(
                  v.pipe(integer, v.description('null: whoever is in no group of the instance')),
                ),
                name: v.string(),
                instance: v.string(),
              }),
            ),
            v.description('By group, as its members are now; null: as of users'),
          ),
        ),
        model: v.optional(v.pipe(v.nullable(v.string()), v.description('By model; null: unknown'))),
      }),
    ),
  }),
  QueryResult: v.strictObject({
    columns: v.array(v.string()),
    rows: v.array(v.array(cell)),
    rowCount: integer,
    isCut: v.pipe(v.boolean(), v.description('There are more rows than limit, or than fit in an answer')),
    elapsedMs: v.number(),
  }),
} as const;

export type AnswerName = keyof typeof ANSWERS;
