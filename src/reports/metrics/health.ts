import type { MetricFamily } from './metric';

/** How the mirror came about, and what is to be known of its numbers. Syncs obey the choice of instances alone. */
export const HEALTH = {
  sync_runs: {
    title: 'Sync runs',
    format: 'integer',
    comparison: 'none',
    definition:
      'Syncs that began in the period, by instance, whatever became of them. Old runs are forgotten in time.',
  },
  failed_runs: {
    title: 'Failed runs',
    format: 'integer',
    comparison: 'none',
    definition:
      'Sync runs that failed or were broken off; what they had fetched is kept. Cancelled ones do not count.',
  },
  failures_in_a_row: {
    title: 'Failures in a row',
    format: 'integer',
    comparison: 'none',
    definition: 'Sync runs that failed since the last one that was done, whatever the period.',
  },
  tries: {
    title: 'Tries',
    format: 'integer',
    comparison: 'none',
    definition: 'How often it was asked for in vain.',
  },
  calls: {
    title: 'Calls',
    format: 'integer',
    comparison: 'none',
    definition: 'Requests that sync runs made to the servers, repeated ones included.',
  },
  expected_calls: {
    title: 'Expected calls',
    format: 'integer',
    comparison: 'none',
    definition: 'What these runs were thought to cost before they began, where that was worked out.',
  },
  calls_per_run: {
    title: 'Calls per run',
    format: 'decimal',
    comparison: 'none',
    definition: 'Calls / sync runs.',
  },
  expected_calls_per_run: {
    title: 'Expected calls per run',
    format: 'decimal',
    comparison: 'none',
    definition: 'Expected calls / sync runs that expected a number.',
  },
  changed_rows: {
    title: 'Rows changed',
    format: 'integer',
    comparison: 'none',
    definition: 'Rows that sync runs added, changed, marked deleted or restored.',
  },
  run_seconds: {
    title: 'Seconds',
    format: 'decimal',
    comparison: 'none',
    definition: 'How long the run took.',
  },
  failures: {
    title: 'Times',
    format: 'integer',
    comparison: 'none',
    definition: 'Runs of the period, or their parts for one kind of data, that failed for this reason.',
  },
  hours_since_sync: {
    title: 'Hours ago',
    format: 'decimal',
    comparison: 'none',
    definition: 'Hours since it was last read from beginning to end.',
  },
  gap_days: {
    title: 'Days without a sync',
    format: 'integer',
    comparison: 'none',
    definition:
      'Whole days on which no sync of the instance was done, between the first one that is remembered and today. What was written and deleted in such a gap is not in the mirror.',
  },
  refused_streams: {
    title: 'Kinds of data refused',
    format: 'integer',
    comparison: 'none',
    definition:
      'Kinds of data (chats, files, ...) that an instance cannot be asked for now. What was mirrored before is kept.',
  },
  unreadable_objects: {
    title: 'Unreadable',
    format: 'integer',
    comparison: 'none',
    definition:
      'Chats and other objects that a server could not serve, or that could not be understood, and that still wait.',
  },
  waiting_deletions: {
    title: 'Deletions held back',
    format: 'integer',
    comparison: 'none',
    definition:
      'Rows that a server says are gone, too many at once: kept as they were until somebody agrees.',
  },
  unknown_model_generations: {
    title: 'Generations without a model',
    format: 'integer',
    comparison: 'none',
    definition: 'Generations that name no model.',
    over: 'g',
    sql: 'COUNT(*) FILTER (WHERE g.model_id IS NULL)',
  },
  unknown_usage_generations: {
    title: 'Generations without usage',
    format: 'integer',
    comparison: 'none',
    definition: 'Distinct generations whose token counts are unknown.',
    over: 'g',
    sql: 'COUNT(*) FILTER (WHERE g.has_usage = 0)',
  },
  finding_count: {
    title: 'Found',
    format: 'integer',
    comparison: 'none',
    definition:
      'How many there are: messages, generations and models of the period that the filters leave; of everything else those of now.',
  },
  finding_share: {
    title: 'Share',
    format: 'percent',
    comparison: 'none',
    definition: 'Found / all messages, generations, models, users, chats or ratings of the same kind.',
  },
} as const satisfies MetricFamily;
