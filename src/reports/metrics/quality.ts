import type { MetricFamily } from './metric';

/** How answers were received. The view knows ratings and failures of distinct generations only. */
export const QUALITY = {
  ratings_up: {
    title: 'Thumbs up',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations rated good.',
    over: 'g',
    sql: 'COUNT(*) FILTER (WHERE g.rating = 1)',
  },
  ratings_down: {
    title: 'Thumbs down',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations rated bad.',
    over: 'g',
    sql: 'COUNT(*) FILTER (WHERE g.rating = -1)',
  },
  ratings: {
    title: 'Ratings',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations with a thumb up or down.',
    over: 'g',
    sql: 'COUNT(*) FILTER (WHERE g.rating IN (1, -1))',
  },
  thumbs_up_share: {
    title: 'Thumbs-up share',
    format: 'percent',
    comparison: 'points',
    definition: 'Thumbs up / ratings; not shown below 10 ratings, where chance decides.',
    over: 'g',
    sql: 'CASE WHEN {{ratings}} >= 10 THEN 1.0 * {{ratings_up}} / {{ratings}} END',
  },
  rating_coverage: {
    title: 'Rated',
    format: 'percent',
    comparison: 'points',
    definition: 'Ratings / distinct generations. A few percent are usual.',
    over: 'g',
    sql: '1.0 * {{ratings}} / NULLIF({{distinct_generations}}, 0)',
  },
  errors: {
    title: 'Errors',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations that ended with an error, or did not end within 10 minutes.',
    over: 'g',
    sql: 'COUNT(*) FILTER (WHERE g.is_failed = 1)',
  },
  error_rate: {
    title: 'Error rate',
    format: 'percent',
    comparison: 'points',
    definition:
      'Errors / distinct generations. Generations of the last 10 minutes before the sync that were still running are left out.',
    over: 'g',
    sql: '1.0 * {{errors}} / NULLIF(COUNT(*) FILTER (WHERE g.is_settled = 1), 0)',
  },
} as const satisfies MetricFamily;
