-- Instances side by side, a row for each currency.
WITH spent AS MATERIALIZED (
  SELECT
    c.instance_id,
    c.currency,
    {{cost}} AS cost,
    {{billed_cost}} AS billed_cost,
    {{provisional_cost}} AS provisional_cost,
    {{list_price_cost}} AS list_price_cost,
    {{cost_generations}} AS cost_generations,
    SUM(c.generations) AS distinct_generations
  FROM {{costs(in_period)}} c
  GROUP BY c.instance_id, c.currency
),
whole AS (
  SELECT
    *,
    COUNT(currency) OVER (PARTITION BY instance_id) AS currencies,
    SUM(distinct_generations) OVER (PARTITION BY instance_id) AS all_generations,
    SUM(cost_generations) OVER (PARTITION BY instance_id) AS all_known,
    SUM(cost_generations) OVER (PARTITION BY currency) AS currency_generations
  FROM spent
),
-- Turns and users are without the excluded accounts, and so is what is divided by them.
excluded AS MATERIALIZED (
  SELECT c.instance_id, c.currency, {{cost}} AS cost
  FROM {{costs(excluded in_period)}} c
  WHERE c.cost IS NOT NULL
  GROUP BY c.instance_id, c.currency
),
asked AS (
  SELECT t.instance_id, {{turns}} AS turns, {{active_users}} AS active_users
  FROM main.v_turns t
  WHERE {{in_period(t)}}
  GROUP BY t.instance_id
)
SELECT
  i.id AS instance_id,
  {{instance_name}} AS instance,
  w.currency,
  w.cost,
  w.billed_cost,
  w.provisional_cost,
  w.list_price_cost,
  (w.cost - COALESCE(x.cost, 0.0)) / NULLIF(a.turns, 0) AS cost_per_turn,
  (w.cost - COALESCE(x.cost, 0.0)) / NULLIF(a.active_users, 0) AS cost_per_active_user,
  w.all_generations AS distinct_generations,
  w.all_generations - w.all_known AS unknown_cost_generations,
  1.0 * w.all_known / NULLIF(w.all_generations, 0) AS cost_coverage
FROM whole w
JOIN main.instances i ON i.id = w.instance_id
LEFT JOIN asked a ON a.instance_id = w.instance_id
LEFT JOIN excluded x ON x.instance_id = w.instance_id AND x.currency = w.currency
WHERE w.currency IS NOT NULL OR w.currencies = 0
ORDER BY w.currency IS NULL, w.currency_generations DESC, w.currency, w.cost DESC NULLS LAST, i.id
