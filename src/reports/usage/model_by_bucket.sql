-- Generations along the time axis by model: the five most used and all others together.
WITH bucket AS MATERIALIZED (
  SELECT
    value ->> '$.bucket' AS bucket,
    value ->> '$.label' AS label,
    value ->> '$.first_day' AS first_day,
    value ->> '$.last_day' AS last_day,
    value ->> '$.is_partial' AS is_partial
  FROM json_each(:buckets)
),
ranked AS MATERIALIZED (
  SELECT
    COALESCE(m.model_id, '') AS model_id,
    ROW_NUMBER() OVER (ORDER BY {{generations}} DESC, m.model_id) AS series_rank
  FROM main.message m
  WHERE m.role = 'assistant'
    AND {{in_period}}
  GROUP BY COALESCE(m.model_id, '')
)
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  MIN(r.series_rank, 6) AS series_rank,
  CASE WHEN r.series_rank > 5 THEN 'Other models' WHEN r.model_id = '' THEN 'Unknown model' ELSE r.model_id END AS series,
  {{generations}} AS generations
FROM bucket b
JOIN main.message m ON m.day BETWEEN b.first_day AND b.last_day AND m.role = 'assistant' AND {{in_scope}}
JOIN ranked r ON r.model_id = COALESCE(m.model_id, '')
GROUP BY b.bucket, MIN(r.series_rank, 6)
ORDER BY b.bucket, MIN(r.series_rank, 6)
