import type { NumberFormat } from './format';

/** How a number is compared with the period before: in percent, in percentage points, or not at all. */
export type Comparison = 'relative' | 'points' | 'none';

/** One number, defined once: datasets name it as `{{id}}`, tiles and tables show its words. */
export interface Metric {
  readonly title: string;
  readonly format: NumberFormat;
  readonly comparison: Comparison;
  /** What is counted and what is not, in words for the reader. */
  readonly definition: string;
  /** Aggregate over rows `m` of the narrow table `message`; may name other metrics. */
  readonly sql: string;
}

const USER = `m.role = 'user'`;
const ASSISTANT = `m.role = 'assistant'`;
/**
 * A repeated message of a copied chat was generated, paid and rated once. What few messages are comes first in a condition:
 * SQLite stops at the first part that is false.
 */
const DISTINCT_GENERATION = `${ASSISTANT} AND m.is_copy = 0`;
/** Ten minutes before the instance's last sync an answer should have ended. */
const OVERDUE = `m.is_done = 0 AND m.created_at_epoch <= (SELECT i.last_sync_epoch FROM main.instances i WHERE i.id = m.instance_id) - 600`;
const FAILED = `(m.is_error = 1 OR ${OVERDUE})`;

export const METRICS = {
  active_users: {
    title: 'Active users',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Users with at least one turn in the period. Over several instances a person with two accounts counts twice.',
    sql: `COUNT(DISTINCT m.user_id) FILTER (WHERE ${USER})`,
  },
  turns: {
    title: 'Turns',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Messages written by users, on all branches of a chat: an edited message is one more turn. Deleted chats count.',
    sql: `COUNT(*) FILTER (WHERE ${USER})`,
  },
  generations: {
    title: 'Generations',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Answers of a model, on all branches of a chat: a regeneration and each of several models side by side counts. Deleted chats count.',
    sql: `COUNT(*) FILTER (WHERE ${ASSISTANT})`,
  },
  messages: {
    title: 'Messages',
    format: 'integer',
    comparison: 'relative',
    definition: 'Turns and generations together.',
    sql: `COUNT(*) FILTER (WHERE m.role IN ('user', 'assistant'))`,
  },
  chats: {
    title: 'Chats',
    format: 'integer',
    comparison: 'relative',
    definition: 'Chats with at least one message in the period, deleted ones included.',
    sql: `COUNT(DISTINCT m.chat_id)`,
  },
  active_days: {
    title: 'Active days',
    format: 'integer',
    comparison: 'relative',
    definition: 'Days with at least one turn.',
    sql: `COUNT(DISTINCT m.day) FILTER (WHERE ${USER})`,
  },
  distinct_generations: {
    title: 'Distinct generations',
    format: 'integer',
    comparison: 'relative',
    definition: 'Generations without those that a copied chat repeats.',
    sql: `COUNT(*) FILTER (WHERE ${DISTINCT_GENERATION})`,
  },
  generations_with_usage: {
    title: 'Generations with usage',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations whose provider told its token counts.',
    sql: `COUNT(*) FILTER (WHERE COALESCE(m.input_tokens, m.output_tokens) IS NOT NULL AND ${DISTINCT_GENERATION})`,
  },
  input_tokens: {
    title: 'Input tokens',
    format: 'compact',
    comparison: 'relative',
    definition:
      'Sum of the input tokens that providers told, cached ones included. A message repeated by a copied chat counts once. Generations without usage are unknown, not zero: see the coverage.',
    sql: `SUM(m.input_tokens) FILTER (WHERE ${DISTINCT_GENERATION})`,
  },
  output_tokens: {
    title: 'Output tokens',
    format: 'compact',
    comparison: 'relative',
    definition:
      'Sum of the output tokens that providers told, reasoning included. A message repeated by a copied chat counts once. Generations without usage are unknown, not zero: see the coverage.',
    sql: `SUM(m.output_tokens) FILTER (WHERE ${DISTINCT_GENERATION})`,
  },
  usage_coverage: {
    title: 'Token coverage',
    format: 'percent',
    comparison: 'points',
    definition: 'Generations with usage / distinct generations: how much of the use the token sums cover.',
    sql: `1.0 * {{generations_with_usage}} / NULLIF({{distinct_generations}}, 0)`,
  },
  ratings_up: {
    title: 'Thumbs up',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations rated good.',
    sql: `COUNT(*) FILTER (WHERE m.rating = 1 AND ${DISTINCT_GENERATION})`,
  },
  ratings_down: {
    title: 'Thumbs down',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations rated bad.',
    sql: `COUNT(*) FILTER (WHERE m.rating = -1 AND ${DISTINCT_GENERATION})`,
  },
  ratings: {
    title: 'Ratings',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations with a thumb up or down.',
    sql: `COUNT(*) FILTER (WHERE m.rating IN (1, -1) AND ${DISTINCT_GENERATION})`,
  },
  thumbs_up_share: {
    title: 'Thumbs-up share',
    format: 'percent',
    comparison: 'points',
    definition: 'Thumbs up / ratings; not shown below 10 ratings, where chance decides.',
    sql: `CASE WHEN {{ratings}} >= 10 THEN 1.0 * {{ratings_up}} / {{ratings}} END`,
  },
  rating_coverage: {
    title: 'Rated',
    format: 'percent',
    comparison: 'points',
    definition: 'Ratings / distinct generations. A few percent are usual.',
    sql: `1.0 * {{ratings}} / NULLIF({{distinct_generations}}, 0)`,
  },
  errors: {
    title: 'Errors',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations that ended with an error, or did not end within 10 minutes.',
    sql: `COUNT(*) FILTER (WHERE ${FAILED} AND ${DISTINCT_GENERATION})`,
  },
  error_rate: {
    title: 'Error rate',
    format: 'percent',
    comparison: 'points',
    definition:
      'Errors / distinct generations. Generations of the last 10 minutes before the sync that were still running are left out.',
    sql: `1.0 * {{errors}} / NULLIF(COUNT(*) FILTER (WHERE ${DISTINCT_GENERATION} AND (m.is_done = 1 OR ${FAILED})), 0)`,
  },
  copied_messages: {
    title: 'Copied messages',
    format: 'integer',
    comparison: 'none',
    definition:
      'Messages whose id stands in an older chat of the same instance: the chat was cloned or imported.',
    sql: `COUNT(*) FILTER (WHERE m.is_copy = 1)`,
  },
  undated_messages: {
    title: 'Messages without a usable time',
    format: 'integer',
    comparison: 'none',
    definition:
      "Messages without a time, or an impossible one: they count at their parent's or their chat's time.",
    sql: `COUNT(*) FILTER (WHERE m.created_at_source <> 'message')`,
  },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricId = keyof typeof METRICS;

/** The metric of that id. */
export function metricOf(id: MetricId): Metric {
  return METRICS[id];
}

/** Whether a column of a dataset is a metric. */
export function isMetricId(id: string): id is MetricId {
  return Object.hasOwn(METRICS, id);
}
