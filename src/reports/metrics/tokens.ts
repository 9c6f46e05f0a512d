import type { MetricFamily } from './metric';

/** What generations read and wrote. The view leaves unknown and repeated usage out as NULL. */
export const TOKENS = {
  distinct_generations: {
    title: 'Distinct generations',
    format: 'integer',
    comparison: 'relative',
    definition: 'Generations without those that a copied chat repeats.',
    over: 'g',
    sql: 'COUNT(*) FILTER (WHERE g.is_copy = 0)',
  },
  generations_with_usage: {
    title: 'Generations with usage',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct generations whose provider told its token counts.',
    over: 'g',
    sql: 'COUNT(*) FILTER (WHERE g.has_usage = 1)',
  },
  input_tokens: {
    title: 'Input tokens',
    format: 'compact',
    comparison: 'relative',
    definition:
      'Sum of the input tokens that providers told, cached ones included. A message repeated by a copied chat counts once. Generations without usage are unknown, not zero: see the coverage.',
    over: 'g',
    sql: 'SUM(g.input_tokens)',
  },
  output_tokens: {
    title: 'Output tokens',
    format: 'compact',
    comparison: 'relative',
    definition:
      'Sum of the output tokens that providers told, reasoning included. A message repeated by a copied chat counts once. Generations without usage are unknown, not zero: see the coverage.',
    over: 'g',
    sql: 'SUM(g.output_tokens)',
  },
  usage_coverage: {
    title: 'Token coverage',
    format: 'percent',
    comparison: 'points',
    definition: 'Generations with usage / distinct generations: how much of the use the token sums cover.',
    over: 'g',
    sql: '1.0 * {{generations_with_usage}} / NULLIF({{distinct_generations}}, 0)',
  },
} as const satisfies MetricFamily;
