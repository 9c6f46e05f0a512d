-- Costs by instance, model and day; what is not billed yet of a model that was billed in these days is expected at its list
-- price x what was billed / list price of the same generations.
day_costs AS MATERIALIZED (
  SELECT
    c.instance_id, c.model_id, c.day, c.currency, c.cost, c.billed_cost, c.billed_is_final, c.generations, c.known_generations,
    CASE WHEN c.billed_currency = c.price_currency AND c.list_cost IS NOT NULL THEN c.token_billed_cost END AS compared_billed,
    CASE WHEN c.billed_currency = c.price_currency AND c.token_billed_cost IS NOT NULL THEN c.list_cost END AS compared_list
  FROM {{costs({{span}}, day)}} c
),
ratios AS MATERIALIZED (
  SELECT instance_id, model_id, currency, SUM(compared_billed) / SUM(compared_list) AS ratio
  FROM day_costs
  WHERE compared_list > 0
  GROUP BY instance_id, model_id, currency
  -- Money that came back is no price.
  HAVING SUM(compared_billed) >= 0
),
expected_days AS MATERIALIZED (
  SELECT
    d.*,
    CASE WHEN d.billed_cost IS NULL THEN d.cost * COALESCE(r.ratio, 1) ELSE d.cost END AS expected_cost,
    CASE WHEN d.billed_cost IS NULL AND r.ratio IS NOT NULL THEN d.cost END AS scaled_cost
  FROM day_costs d
  LEFT JOIN ratios r ON r.instance_id = d.instance_id AND r.model_id IS NOT DISTINCT FROM d.model_id AND r.currency = d.currency
)
