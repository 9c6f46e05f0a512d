-- When each model answered first and last, of all that is known; whether the servers still list it.
WITH used AS (
  SELECT COALESCE(g.model_id, '') AS model_id, MIN(g.day) AS first, MAX(g.day) AS last, {{generations}} AS generations
  FROM main.v_generations g
  WHERE {{in_scope(g)}}
  GROUP BY COALESCE(g.model_id, '')
)
SELECT
  ROW_NUMBER() OVER (ORDER BY used.last DESC, used.generations DESC, used.model_id) AS rank,
  CASE used.model_id WHEN '' THEN 'Unknown model' ELSE used.model_id END AS model,
  used.*,
  {{date(used.first)}} AS first_day,
  {{date(used.last)}} AS last_day,
  :as_of_day AS as_of_day,
  CASE (
    SELECT MIN(k.is_deleted) FROM main.models k
    WHERE k.model_id = used.model_id AND k.instance_id IN {{list(:instances)}}
  ) WHEN 0 THEN 'listed' WHEN 1 THEN 'removed' ELSE 'not listed' END AS standing
FROM used
