-- From each reply on the path that a chat shows to the next one: by which model, how often. Replies are found from the next
-- one upwards, by id. A reader who filters by models sees who came to them, too.
WITH pair AS (
  SELECT COALESCE(g.model_id, '') AS from_id, COALESCE(b.model_id, '') AS to_id, 1 AS is_chosen, COUNT(*) AS times
  FROM main.message b NOT INDEXED
  CROSS JOIN main.message u ON u.id = b.parent_id
  CROSS JOIN main.v_generations g ON g.generation_id = u.parent_id
  WHERE b.role = 'assistant'
    AND b.is_active_branch = 1
    AND b.is_copy = 0
    AND b.day BETWEEN :from_day AND :to_day
    AND b.instance_id IN {{list(:instances)}}
    AND u.role = 'user'
    AND {{in_scope(g)}}
  GROUP BY 1, 2
  UNION ALL
  SELECT COALESCE(a.model_id, ''), COALESCE(g.model_id, ''), 0, COUNT(*)
  FROM (SELECT 1 FROM {{rows(:models)}} LIMIT 1) filtered
  CROSS JOIN main.v_generations g
  CROSS JOIN main.message u ON u.id = g.turn_id
  CROSS JOIN main.message a ON a.id = u.parent_id
  WHERE {{in_period(g)}}
    AND g.is_active_branch = 1
    AND g.is_copy = 0
    AND u.role = 'user'
    AND a.role = 'assistant'
    AND COALESCE(a.model_id, '') NOT IN {{texts(:models)}}
  GROUP BY 1, 2
)
SELECT
  ROW_NUMBER() OVER (ORDER BY times DESC, from_id, to_id) AS rank,
  from_id,
  to_id,
  CASE from_id WHEN '' THEN 'Unknown model' ELSE from_id END AS from_model,
  CASE to_id WHEN '' THEN 'Unknown model' ELSE to_id END AS to_model,
  is_chosen,
  times,
  -- Of a model that the filters leave out not all next replies are here.
  CASE is_chosen WHEN 1 THEN 1.0 * times / SUM(times) OVER (PARTITION BY is_chosen, from_id) END AS next_reply_share
FROM pair
ORDER BY times DESC, from_id, to_id
