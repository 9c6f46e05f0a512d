/** First day of a report that compares: of the period, the eight weeks before it, what it is compared with, and a forecast. */
const FIRST_REMEMBERED =
  'MIN(MIN(:as_of_day - 62, :from_day - 56), CASE WHEN :previous_from_day <= :previous_to_day THEN :previous_from_day ELSE :from_day END)';

/**
 * Which generations `g` costs are read of, by the name that a statement gives it. What excluded accounts cost was paid all the
 * same: it is in totals.
 */
const SPANS: Readonly<Record<string, string>> = {
  in_period: '{{paid_in_period(g)}}',
  in_previous_period: '{{paid_in_previous_period(g)}}',
  /** Of them what accounts cost that analysis.json leaves out of use and people. */
  'excluded in_period': '{{paid_in_period(g)}} AND {{is_excluded(g.user_id)}} = 1',
  'excluded in_previous_period': '{{paid_in_previous_period(g)}} AND {{is_excluded(g.user_id)}} = 1',
  /** What a forecast looks back at: the month of the last sync, and four weeks before it. */
  recent: 'g.day BETWEEN :as_of_day - 62 AND :as_of_day AND {{paid_in_scope(g)}}',
  remembered: `g.day BETWEEN ${FIRST_REMEMBERED} AND :as_of_day AND {{paid_in_scope(g)}}`,
};

/** Whose a cost is, in place of the bare column. */
const OWNERS: Readonly<Record<string, string>> = {
  user_id: '{{payer(g.user_id)}}',
  account_id: '{{paying_account(g.user_id)}}',
};

/**
 * Rows of `v_cost` that are already summed by some of its columns, as a table to select from: `{{costs(in_period, user_id)}} c`
 * has one row for each user, instance, model and UTC day, billed and not billed. Cost by list price is linear in tokens and the price is the same for all
 * generations of such a row, so that sums over it are those over `v_cost`, in a third of the time: a price is looked up once
 * per row. A test compares both. Copies are left out.
 * @param name one of {@link SPANS} @param columns of `v_generations`; `user_id` is the person, `account_id` the account, and NULL all
 * accounts that analysis.json leaves out
 */
export function costsSql(name: string, columns: readonly string[]): string {
  const span = SPANS[name];
  if (span === undefined) {
    throw new Error(`"${name}" is no span of costs: one of ${Object.keys(SPANS).join(', ')}`);
  }
  const keys = ['instance_id', 'model_id', ...columns];
  const expressions = keys.map((column) => OWNERS[column] ?? `g.${column}`);
  const selected = keys.map((column, index) => `${expressions[index] ?? ''} AS ${column}`);
  return `(
  SELECT
    l.*,
    l.input_tokens + l.output_tokens AS tokens,
    COALESCE(l.billed_cost, l.list_cost) AS cost,
    CASE
      WHEN l.billed_currency IS NOT NULL THEN l.billed_currency
      WHEN l.list_cost IS NOT NULL THEN l.price_currency
    END AS currency,
    CASE WHEN l.billed_currency IS NOT NULL THEN l.generations ELSE l.listed_generations END AS known_generations
  FROM (
    SELECT
      t.*,
      p.price_id,
      p.currency AS price_currency,
      CASE WHEN p.is_free = 1 THEN 0.0 ELSE
        ((t.input_tokens - COALESCE(t.cached_tokens, 0)) * p.input_per_million
          + COALESCE(t.cached_tokens, 0) * p.cached_per_million
          + t.output_tokens * p.output_per_million) / 1000000.0 + t.token_generations * p.per_request
      END AS list_cost,
      CASE WHEN p.is_free = 1 THEN t.generations WHEN p.is_free = 0 THEN t.token_generations ELSE 0 END AS listed_generations
    FROM (
      SELECT
        ${selected.join(', ')},
        g.created_at_epoch / 86400 AS utc_day,
        b.currency AS billed_currency,
        b.is_final AS billed_is_final,
        SUM(1.0 * b.cost_e8) / 1e8 AS billed_cost,
        SUM(1.0 * b.cost_e8) FILTER (WHERE g.input_tokens IS NOT NULL AND g.output_tokens IS NOT NULL) / 1e8 AS token_billed_cost,
        COUNT(*) AS generations,
        COUNT(g.input_tokens + g.output_tokens) AS token_generations,
        SUM(g.input_tokens) FILTER (WHERE g.output_tokens IS NOT NULL) AS input_tokens,
        SUM(g.cached_tokens) FILTER (WHERE g.input_tokens IS NOT NULL AND g.output_tokens IS NOT NULL) AS cached_tokens,
        SUM(g.output_tokens) FILTER (WHERE g.input_tokens IS NOT NULL) AS output_tokens
      FROM main.v_generations g
      LEFT JOIN main.generation_costs b ON b.generation_id = g.generation_id AND b.is_deleted = 0
        AND b.cost_type = (SELECT cost_type FROM main.analysis_settings)
      WHERE g.is_copy = 0 AND ${span}
      GROUP BY ${expressions.join(', ')}, g.created_at_epoch / 86400, b.currency, b.is_final
    ) t
    LEFT JOIN main.v_model_prices p ON p.instance_id = t.instance_id AND p.model_id = t.model_id
      AND t.utc_day >= p.from_day AND t.utc_day < p.to_day
  ) l
)`;
}
