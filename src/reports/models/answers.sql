-- How each model's answers were received, from the index alone.
SELECT
  COALESCE(g.model_id, '') AS model_id,
  {{generations}} AS generations,
  {{distinct_generations}} AS distinct_generations,
  -- Of them `again` takes the regenerations away: what is left is the metric `first_answers`.
  COUNT(CASE WHEN g.is_failed = 0 THEN g.turn_id END) AS sound_answers,
  {{output_tokens_per_answer}} AS output_tokens_per_answer,
  {{usage_coverage}} AS usage_coverage,
  {{errors}} AS errors,
  {{error_rate}} AS error_rate,
  {{ratings_up}} AS ratings_up,
  {{ratings}} AS ratings,
  {{thumbs_up_share}} AS thumbs_up_share,
  {{rating_coverage}} AS rating_coverage
FROM main.v_generations g
WHERE {{in_period(g)}}
GROUP BY COALESCE(g.model_id, '')
ORDER BY {{generations}} DESC, COALESCE(g.model_id, '')
