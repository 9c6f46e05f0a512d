-- Generations by day and model, with the eight weeks before the period: which models an unusual day is due to. Counted in the
-- order of the index, which has all that is read.
WITH counted AS MATERIALIZED (
  SELECT g.instance_id, g.model_id, g.day, {{generations}} AS generations
  FROM main.v_generations g
  WHERE :to_day - :from_day <= 92 AND +g.day BETWEEN :from_day - 56 AND :to_day AND {{in_scope(g)}}
  GROUP BY g.instance_id, g.model_id, g.day
)
SELECT day, COALESCE(NULLIF(model_id, ''), 'Unknown model') AS model, SUM(generations) AS generations
FROM counted
GROUP BY day, COALESCE(NULLIF(model_id, ''), 'Unknown model')
ORDER BY day, 2
