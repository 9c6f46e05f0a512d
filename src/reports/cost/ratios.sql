-- List price against the bill of the same generations, by UTC month, model and currency: those with known tokens, where both
-- are in one currency.
WITH compared AS (
  SELECT
    substr({{date(c.utc_day)}}, 1, 7) AS month,
    c.model_id,
    c.billed_currency AS currency,
    SUM(c.list_cost) AS compared_list_cost,
    SUM(c.token_billed_cost) AS compared_billed_cost,
    SUM(c.token_generations) AS compared_generations
  FROM {{costs(in_period)}} c
  WHERE c.billed_currency = c.price_currency AND c.token_billed_cost IS NOT NULL AND c.list_cost IS NOT NULL
  GROUP BY substr({{date(c.utc_day)}}, 1, 7), c.model_id, c.billed_currency
)
SELECT
  ROW_NUMBER() OVER (ORDER BY r.month DESC, r.currency, r.compared_billed_cost DESC, r.model_id) AS rank,
  r.month,
  r.model_id,
  r.model_id AS model,
  r.currency,
  r.compared_generations,
  r.compared_list_cost,
  r.compared_billed_cost,
  r.compared_billed_cost / NULLIF(r.compared_list_cost, 0) AS bill_to_list_ratio,
  CASE
    WHEN r.compared_list_cost <= 0 THEN 'The list price is 0: enter the price that counts.'
    WHEN r.compared_billed_cost / r.compared_list_cost > 1.25
      THEN 'Warning: billed much more. Check the price, and what else uses the resource.'
    WHEN r.compared_billed_cost / r.compared_list_cost < 0.8
      THEN 'Warning: billed much less. Check the price, discounts, and whether the resource is the right one.'
    ELSE 'As expected'
  END AS verdict
FROM compared r
