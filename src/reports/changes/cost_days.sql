-- Cost by day, instance and currency (NULL: unknown): of both spans, the eight weeks before, and the month of the last sync
-- with four weeks before it, for the forecast.
SELECT
  c.instance_id,
  c.day,
  c.currency,
  {{cost}} AS cost,
  SUM(c.generations) AS generations,
  {{cost_generations}} AS known_generations
FROM {{costs(remembered, day)}} c
GROUP BY c.instance_id, c.day, c.currency
ORDER BY c.instance_id, c.day, c.currency
