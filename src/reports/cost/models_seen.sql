-- Models that answered, each as what it is made of: a price of the base model serves all its presets.
WITH used AS (
  SELECT instance_id, model_id, COUNT(*) AS generations, COUNT(price_id) AS priced, MIN(utc_day) AS first_day
  FROM main.v_list_cost
  WHERE model_id IS NOT NULL
  GROUP BY instance_id, model_id
),
root AS (
  SELECT instance_id, model_id, base_model_id
  FROM (
    SELECT
      instance_id, model_id, base_model_id,
      ROW_NUMBER() OVER (PARTITION BY instance_id, model_id ORDER BY depth DESC) AS place
    FROM main.v_model_bases
  ) chain
  WHERE place = 1
)
SELECT
  COALESCE(r.base_model_id, u.model_id) AS model,
  SUM(u.generations) AS generations,
  SUM(u.generations - u.priced) AS unpriced,
  MIN(u.first_day) AS first_day,
  MAX(CASE m.owner WHEN 'ollama' THEN 1 ELSE 0 END) AS is_local
FROM used u
LEFT JOIN root r ON r.instance_id = u.instance_id AND r.model_id = u.model_id
LEFT JOIN main.models m ON m.instance_id = u.instance_id AND m.model_id = COALESCE(r.base_model_id, u.model_id)
GROUP BY 1
ORDER BY unpriced DESC, generations DESC, model
