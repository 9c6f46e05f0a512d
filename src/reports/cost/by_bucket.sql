-- Cost along the time axis by currency. A known step without a generation cost nothing; where nothing has a known cost the
-- step is unknown.
WITH RECURSIVE {{buckets}},
{{bucket_days}},
spent AS MATERIALIZED (
  SELECT
    d.bucket,
    c.currency,
    {{cost}} AS cost,
    {{billed_cost}} AS billed_cost,
    {{list_price_cost}} AS list_price_cost,
    {{unknown_cost_generations}} AS unknown_cost_generations,
    SUM(c.generations) AS distinct_generations
  FROM {{costs(in_period, day)}} c
  JOIN day d ON d.day = c.day
  GROUP BY d.bucket, c.currency
),
stepped AS (
  SELECT bucket, SUM(distinct_generations) AS distinct_generations, SUM(unknown_cost_generations) AS unknown_cost_generations, COUNT(cost) AS known
  FROM spent
  GROUP BY bucket
),
currencies AS (
  SELECT DISTINCT currency FROM spent WHERE currency IS NOT NULL
)
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  b.is_unknown,
  b.tail,
  k.currency,
  CASE WHEN b.is_unknown = 0 THEN COALESCE(s.cost, CASE WHEN a.distinct_generations IS NULL OR a.known > 0 THEN 0.0 END) END AS cost,
  CASE WHEN b.is_unknown = 0 THEN COALESCE(s.billed_cost, CASE WHEN a.distinct_generations IS NULL OR a.known > 0 THEN 0.0 END) END AS billed_cost,
  CASE WHEN b.is_unknown = 0 THEN COALESCE(s.list_price_cost, CASE WHEN a.distinct_generations IS NULL OR a.known > 0 THEN 0.0 END) END
    AS list_price_cost,
  CASE WHEN b.is_unknown = 0 THEN COALESCE(a.unknown_cost_generations, 0) END AS unknown_cost_generations
FROM bucket b
CROSS JOIN currencies k
LEFT JOIN spent s ON s.bucket = b.bucket AND s.currency = k.currency
LEFT JOIN stepped a ON a.bucket = b.bucket
ORDER BY k.currency, b.bucket
