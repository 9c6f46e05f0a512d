-- Turns with several answers, by model. Which turns these are depends on no filter: a reader who filters by models asks for
-- their part in them. Turns with one answer have no regeneration and are not looked at.
WITH several AS MATERIALIZED (
  SELECT m.parent_id AS turn_id, CASE WHEN MIN(m.model_id) <> MAX(m.model_id) THEN 1 ELSE 0 END AS is_side_by_side
  FROM main.message m
  WHERE m.role = 'assistant'
    AND m.is_copy = 0
    AND m.parent_id IS NOT NULL
    AND +m.day BETWEEN :from_day AND :to_day
    AND m.instance_id IN {{list(:instances)}}
  GROUP BY m.parent_id
  HAVING COUNT(*) > 1
)
SELECT
  COALESCE(g.model_id, '') AS model_id,
  {{regenerations}} AS regenerations,
  COUNT(DISTINCT CASE WHEN s.is_side_by_side = 1 THEN g.turn_id END) AS side_by_side_turns
FROM main.v_generations g
JOIN several s ON s.turn_id = g.turn_id
WHERE {{in_period(g)}} AND g.is_copy = 0
GROUP BY COALESCE(g.model_id, '')
