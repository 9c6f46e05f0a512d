-- Generations along the time axis by model: the five most used and all others together. One pass over the messages:
-- counts of days add up to counts of steps.
WITH RECURSIVE {{buckets}},
{{bucket_days}},
counted AS MATERIALIZED (
  SELECT g.day, COALESCE(g.model_id, '') AS model_id, {{generations}} AS generations
  FROM main.v_generations g
  WHERE {{in_period(g)}}
  GROUP BY g.day, COALESCE(g.model_id, '')
),
ranked AS (
  SELECT model_id, ROW_NUMBER() OVER (ORDER BY SUM(generations) DESC, model_id) AS model_rank
  FROM counted
  GROUP BY model_id
),
drawn AS MATERIALIZED (
  SELECT model_id, MIN(model_rank, 6) AS series_rank, CASE WHEN model_rank <= 5 THEN model_id END AS series_key
  FROM ranked
)
SELECT
  d.bucket,
  d.label,
  d.is_partial,
  r.series_rank,
  r.series_key,
  CASE WHEN r.series_key = '' THEN 'Unknown model' ELSE COALESCE(r.series_key, 'Other models') END AS series,
  SUM(c.generations) AS generations
FROM counted c
JOIN day d ON d.day = c.day
JOIN drawn r ON r.model_id = c.model_id
GROUP BY d.bucket, d.label, d.is_partial, r.series_rank, r.series_key
ORDER BY d.bucket, r.series_rank
