-- First and last day of each model, of all that is known. Grouped in the order of the index, which has all that is read.
WITH used AS MATERIALIZED (
  SELECT g.instance_id, g.model_id, MIN(g.day) AS first, MAX(g.day) AS last
  FROM main.v_generations g
  WHERE {{in_scope(g)}}
  GROUP BY g.instance_id, g.model_id
)
SELECT
  COALESCE(model_id, '') AS model_id,
  CASE COALESCE(model_id, '') WHEN '' THEN 'Unknown model' ELSE COALESCE(model_id, '') END AS model,
  MIN(first) AS first,
  MAX(last) AS last,
  :as_of_day AS as_of_day
FROM used
GROUP BY COALESCE(model_id, '')
ORDER BY 1
