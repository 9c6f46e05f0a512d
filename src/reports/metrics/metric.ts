import type { NumberFormat } from '../format';

/** How a number is compared with the span before: in percent, in percentage points, or not at all. */
export type Comparison = 'relative' | 'points' | 'none';

/**
 * What a metric counts, by the alias that every statement gives it: `t` turns, `g` generations, `c` costs of generations,
 * `m` messages of any role, `s` what messages use. The views are public: docs/schema.md.
 */
export const VIEWS = {
  t: 'v_turns',
  g: 'v_generations',
  c: 'v_cost',
  m: 'message',
  s: 'v_sources',
} as const;

export type ViewAlias = keyof typeof VIEWS;

/** One number, defined once: datasets name it as `{{id}}`, tiles and tables show its words. */
export interface Metric {
  readonly title: string;
  readonly format: NumberFormat;
  readonly comparison: Comparison;
  /** What is counted and what is not, in words for the reader. */
  readonly definition: string;
  /**
   * The view that the aggregate counts on; absent for a number that a report works out from others: its statement says how,
   * and the definition is the formula.
   */
  readonly over?: ViewAlias;
  /** Aggregate over rows of that view; may name other metrics of the same view. */
  readonly sql?: string;
  /** It counts so many days that end with the period or step, instead of all days of it. */
  readonly rollingDays?: number;
}

/** The metrics of one family by id. */
export type MetricFamily = Readonly<Record<string, Metric>>;

export function isViewAlias(text: string): text is ViewAlias {
  return Object.hasOwn(VIEWS, text);
}
