-- What is to be known of the generations of the period.
SELECT
  {{generations}} AS generations,
  {{distinct_generations}} AS distinct_generations,
  {{unknown_model_generations}} AS unknown_model_generations,
  {{date(MIN(g.day) FILTER (WHERE g.model_id IS NULL))}} AS unknown_model_since,
  {{unknown_usage_generations}} AS unknown_usage_generations,
  {{date(MIN(g.day) FILTER (WHERE g.has_usage = 0))}} AS unknown_usage_since
FROM main.v_generations g
WHERE {{in_period(g)}}
