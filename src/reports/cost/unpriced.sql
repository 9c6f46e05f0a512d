-- Models with generations whose cost is unknown, and why.
WITH unknown AS MATERIALIZED (
  SELECT
    c.instance_id,
    COALESCE(c.model_id, '') AS model_id,
    CASE WHEN c.price_id IS NULL AND c.cost IS NULL THEN 1 ELSE 0 END AS is_unpriced,
    {{unknown_cost_generations}} AS unknown_cost_generations,
    SUM(c.tokens) FILTER (WHERE c.cost IS NULL) AS tokens,
    MIN(c.utc_day) AS first_day,
    MAX(c.utc_day) AS last_day
  FROM {{costs(in_period)}} c
  WHERE c.known_generations < c.generations
  GROUP BY c.instance_id, COALESCE(c.model_id, ''), CASE WHEN c.price_id IS NULL AND c.cost IS NULL THEN 1 ELSE 0 END
)
SELECT
  ROW_NUMBER() OVER (ORDER BY k.is_unpriced DESC, k.unknown_cost_generations DESC, k.model_id, k.instance_id) AS rank,
  NULLIF(k.model_id, '') AS model_id,
  CASE k.model_id WHEN '' THEN 'Unknown model' ELSE k.model_id END AS model,
  k.instance_id,
  {{instance_name}} AS instance,
  k.unknown_cost_generations,
  k.tokens,
  {{date(k.first_day)}} AS first_date,
  {{date(k.last_day)}} AS last_date,
  CASE
    WHEN k.model_id = '' THEN 'The messages name no model.'
    WHEN k.tokens IS NULL THEN 'No token counts: switch Usage on for this model.'
    WHEN k.is_unpriced = 1 THEN 'No price on these days: run "Confirm Prices...".'
    ELSE 'Some have no token counts: switch Usage on for this model.'
  END AS fix
FROM unknown k
JOIN main.instances i ON i.id = k.instance_id
WHERE k.unknown_cost_generations > 0
