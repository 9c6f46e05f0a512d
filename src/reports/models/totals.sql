-- Headline numbers of the period (is_current = 1) or of the span that it is compared with (0).
SELECT {{is_current}} AS is_current, answered.*
FROM (
  SELECT
    {{models_used}} AS models_used,
    {{generations}} AS generations,
    {{answered_users}} AS answered_users,
    {{output_tokens_per_answer}} AS output_tokens_per_answer,
    {{usage_coverage}} AS usage_coverage,
    {{errors}} AS errors,
    {{error_rate}} AS error_rate,
    {{ratings}} AS ratings,
    {{ratings_up}} AS ratings_up,
    {{thumbs_up_share}} AS thumbs_up_share,
    {{rating_coverage}} AS rating_coverage
  FROM main.v_generations g
  WHERE {{in_span(g)}}
) answered
WHERE answered.generations > 0
