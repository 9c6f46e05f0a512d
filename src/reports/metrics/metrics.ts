import { ACTIVITY } from './activity';
import { CONVERSATIONS } from './conversations';
import { COST } from './cost';
import { HEALTH } from './health';
import { KNOWLEDGE } from './knowledge';
import type { Metric } from './metric';
import { MODELS } from './models';
import { PEOPLE } from './people';
import { QUALITY } from './quality';
import { TOKENS } from './tokens';

/** Every number that a user can see, by id. docs/metrics.md says the same in words. */
export const METRICS = {
  ...ACTIVITY,
  ...TOKENS,
  ...QUALITY,
  ...PEOPLE,
  ...CONVERSATIONS,
  ...MODELS,
  ...KNOWLEDGE,
  ...COST,
  ...HEALTH,
} as const;

export type MetricId = keyof typeof METRICS;

/** The metric of that id. */
export function metricOf(id: MetricId): Metric {
  return METRICS[id];
}

/** Whether a column of a dataset is a metric. */
export function isMetricId(id: string): id is MetricId {
  return Object.hasOwn(METRICS, id);
}
