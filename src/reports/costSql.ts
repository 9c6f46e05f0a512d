interface Span {
  /** Of generations `g`. */
  readonly condition: string;
  /** First and last local day. */
  readonly from: string;
  readonly to: string;
}

/** First day of a report that compares: of the period, the eight weeks before it, what it is compared with, and a forecast. */
const FIRST_REMEMBERED =
  'MIN(:as_of_day - 62, :from_day - 56, CASE WHEN :previous_from_day <= :previous_to_day THEN :previous_from_day ELSE :from_day END)';

/** Days that costs are read of, by the name that a statement gives them. */
const SPANS: Readonly<Record<string, Span>> = {
  in_period: { condition: '{{in_period(g)}}', from: ':from_day', to: ':to_day' },
  in_previous_period: {
    condition: '{{in_previous_period(g)}}',
    from: ':previous_from_day',
    to: ':previous_to_day',
  },
  /** What a forecast looks back at: the month of the last sync, and four weeks before it. */
  recent: {
    condition: 'g.day BETWEEN :as_of_day - 62 AND :as_of_day AND {{in_scope(g)}}',
    from: ':as_of_day - 62',
    to: ':as_of_day',
  },
  remembered: {
    condition: `g.day BETWEEN ${FIRST_REMEMBERED} AND :as_of_day AND {{in_scope(g)}}`,
    from: FIRST_REMEMBERED,
    to: ':as_of_day',
  },
};

/**
 * Rows of `v_cost` that are already summed by some of its columns, as a table to select from: `{{costs(in_period, user_id)}} c`
 * has one row for each user, instance, model and UTC day. Cost is linear in tokens and price and bill are the same for all
 * generations of such a row, so that sums over it are those over `v_cost`, in a third of the time: a price is looked up once
 * per row. A test compares both. Copies are left out.
 * @param name one of {@link SPANS} @param columns of `v_generations`
 */
export function costsSql(name: string, columns: readonly string[]): string {
  const span = SPANS[name];
  if (span === undefined) {
    throw new Error(`"${name}" is no span of costs: one of ${Object.keys(SPANS).join(', ')}`);
  }
  const keys = ['instance_id', 'model_id', ...columns].map((column) => `g.${column}`);
  return `(
  SELECT
    u.*,
    u.input_tokens + u.output_tokens AS tokens,
    CASE WHEN u.cost IS NOT NULL THEN u.any_currency END AS currency
  FROM (
    SELECT
      l.*,
      CASE WHEN r.utc_day IS NULL THEN l.price_currency ELSE r.currency END AS any_currency,
      ${BILLED} AS billed_cost,
      CASE WHEN r.utc_day IS NULL THEN l.list_cost ELSE ${BILLED} END AS cost,
      CASE
        WHEN r.per_generation IS NOT NULL THEN l.generations
        WHEN r.per_token IS NOT NULL THEN l.token_generations
        ELSE l.listed_generations
      END AS known_generations
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
          ${keys.join(', ')},
          g.created_at_epoch / 86400 AS utc_day,
          COUNT(*) AS generations,
          COUNT(g.input_tokens + g.output_tokens) AS token_generations,
          SUM(g.input_tokens) FILTER (WHERE g.output_tokens IS NOT NULL) AS input_tokens,
          SUM(g.cached_tokens) FILTER (WHERE g.input_tokens IS NOT NULL AND g.output_tokens IS NOT NULL) AS cached_tokens,
          SUM(g.output_tokens) FILTER (WHERE g.input_tokens IS NOT NULL) AS output_tokens
        FROM main.v_generations g
        WHERE g.is_copy = 0 AND ${span.condition}
        GROUP BY ${keys.join(', ')}, g.created_at_epoch / 86400
      ) t
      LEFT JOIN main.v_model_prices p ON p.instance_id = t.instance_id AND p.model_id = t.model_id
        AND t.utc_day >= p.from_day AND t.utc_day < p.to_day
    ) l
    LEFT JOIN main.v_billed_rates r ON r.instance_id = l.instance_id AND r.model_id = l.model_id AND r.utc_day = l.utc_day
      -- So that bills of other days are not spread: a local day touches the UTC days beside it.
      AND r.utc_day BETWEEN ${span.from} - 1 AND ${span.to} + 1
  ) u
)`;
}

/** Part of the day's bill, by the one rate that is there. */
const BILLED =
  'COALESCE(l.list_cost * r.per_list_cost, (l.input_tokens + l.output_tokens) * r.per_token, l.generations * r.per_generation)';
