-- Models by cost, a row for each currency that a model was paid in. What is unknown of a model stands in each of its rows.
WITH spent AS MATERIALIZED (
  SELECT
    COALESCE(c.model_id, '') AS model_id,
    c.currency,
    {{cost}} AS cost,
    {{billed_cost}} AS billed_cost,
    {{provisional_cost}} AS provisional_cost,
    {{list_price_cost}} AS list_price_cost,
    {{cost_generations}} AS cost_generations,
    {{unknown_cost_generations}} AS unknown_cost_generations,
    SUM(c.generations) AS distinct_generations,
    SUM(c.tokens) FILTER (WHERE c.cost IS NOT NULL) AS cost_tokens
  FROM {{costs(in_period)}} c
  GROUP BY COALESCE(c.model_id, ''), c.currency
),
whole AS (
  SELECT
    *,
    COUNT(currency) OVER (PARTITION BY model_id) AS currencies,
    SUM(distinct_generations) OVER (PARTITION BY model_id) AS all_generations,
    SUM(cost_generations) OVER (PARTITION BY model_id) AS all_known,
    SUM(cost) OVER (PARTITION BY currency) AS currency_cost,
    SUM(cost_generations) OVER (PARTITION BY currency) AS currency_generations
  FROM spent
)
SELECT
  ROW_NUMBER() OVER (
    ORDER BY w.currency IS NULL, w.currency_generations DESC, w.currency, w.cost DESC NULLS LAST, w.all_generations DESC, w.model_id
  ) AS rank,
  NULLIF(w.model_id, '') AS model_id,
  CASE w.model_id WHEN '' THEN 'Unknown model' ELSE w.model_id END AS model,
  w.currency,
  w.cost,
  w.billed_cost,
  w.provisional_cost,
  w.list_price_cost,
  1.0 * w.cost / NULLIF(w.currency_cost, 0) AS cost_share,
  w.all_generations AS distinct_generations,
  w.all_generations - w.all_known AS unknown_cost_generations,
  1.0 * w.all_known / NULLIF(w.all_generations, 0) AS cost_coverage,
  1000000.0 * w.cost / NULLIF(w.cost_tokens, 0) AS cost_per_million
FROM whole w
-- The row without a currency is needed only where there is no other.
WHERE w.currency IS NOT NULL OR w.currencies = 0
