-- Cost by instance, day and currency of the month of the last sync, and of what a forecast looks back at.
WITH {{expected_days}}
SELECT
  c.instance_id,
  c.day,
  c.currency,
  {{cost}} AS cost,
  {{billed_cost}} AS billed_cost,
  {{list_price_cost}} AS list_price_cost,
  SUM(c.expected_cost) AS expected_cost,
  SUM(c.scaled_cost) AS scaled_cost
FROM expected_days c
WHERE c.cost IS NOT NULL
GROUP BY c.instance_id, c.day, c.currency
ORDER BY c.instance_id, c.day, c.currency
