-- Unknown cost at the mean of the known one, by currency. A model that was paid in several currencies on an instance takes
-- that of most generations.
WITH counted AS MATERIALIZED (
  SELECT
    c.instance_id,
    c.model_id,
    c.currency,
    {{cost}} AS cost,
    {{cost_generations}} AS known,
    {{unknown_cost_generations}} AS unknown
  FROM {{costs(in_period)}} c
  WHERE c.model_id IS NOT NULL
  GROUP BY c.instance_id, c.model_id, c.currency
),
ranked AS (
  SELECT
    instance_id, model_id, currency, cost, known,
    SUM(unknown) OVER (PARTITION BY instance_id, model_id) AS unknown,
    ROW_NUMBER() OVER (PARTITION BY instance_id, model_id ORDER BY known DESC, currency NULLS FIRST) AS place
  FROM counted
)
SELECT currency, SUM(unknown) AS estimated_generations, SUM(unknown * cost / known) AS estimated_cost
FROM ranked
WHERE place = 1 AND known >= 30 AND unknown > 0
GROUP BY currency
ORDER BY currency
