-- Cost by day, instance and currency (NULL: unknown): of both spans, the eight weeks before, and the month of the last sync
-- with four weeks before it, for the forecast.
WITH {{expected_days}}
SELECT
  c.instance_id,
  c.day,
  c.currency,
  {{cost}} AS cost,
  {{billed_cost}} AS billed_cost,
  {{list_price_cost}} AS list_price_cost,
  SUM(c.expected_cost) AS expected_cost,
  SUM(c.generations) AS generations,
  {{cost_generations}} AS known_generations
FROM expected_days c
GROUP BY c.instance_id, c.day, c.currency
ORDER BY c.instance_id, c.day, c.currency NULLS FIRST
