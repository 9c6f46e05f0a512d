-- Generations by day and model, with the eight weeks before the period: which models an unusual day is due to.
SELECT
  g.day,
  CASE COALESCE(g.model_id, '') WHEN '' THEN 'Unknown model' ELSE g.model_id END AS model,
  {{generations}} AS generations
FROM main.v_generations g
WHERE :to_day - :from_day <= 92 AND g.day BETWEEN :from_day - 56 AND :to_day AND {{in_scope(g)}}
GROUP BY g.day, COALESCE(g.model_id, '')
ORDER BY g.day, 2
