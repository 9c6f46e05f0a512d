-- What is known of each model of each instance: usage, its place on the server, a price.
WITH used AS (
  SELECT
    g.instance_id,
    COALESCE(g.model_id, '') AS model_id,
    {{generations}} AS generations,
    {{distinct_generations}} AS distinct_generations,
    {{generations_with_usage}} AS generations_with_usage,
    {{usage_coverage}} AS usage_coverage,
    MIN(g.day) AS first,
    MAX(g.day) AS last
  FROM main.v_generations g
  WHERE {{in_period(g)}}
  GROUP BY g.instance_id, COALESCE(g.model_id, '')
),
priced AS MATERIALIZED (
  SELECT DISTINCT instance_id, model_id FROM main.v_model_prices
)
SELECT
  ROW_NUMBER() OVER (ORDER BY used.distinct_generations - used.generations_with_usage DESC, used.generations DESC, i.id, used.model_id) AS rank,
  {{instance_name}} AS instance,
  used.*,
  CASE used.model_id WHEN '' THEN 'Unknown model' ELSE used.model_id END AS model,
  {{date(used.first)}} AS first_day,
  k.model_id IS NULL AND used.model_id <> '' AS is_unlisted,
  p.model_id IS NULL AND used.model_id <> '' AS is_unpriced,
  CASE
    WHEN used.model_id = '' THEN 'no model is named'
    WHEN k.model_id IS NULL THEN 'not in the list'
    WHEN k.is_deleted = 1 THEN 'removed'
    ELSE 'listed'
  END AS standing,
  CASE WHEN p.model_id IS NULL THEN 'no price' ELSE 'priced' END AS price,
  CASE
    WHEN used.generations_with_usage = 0 AND used.distinct_generations > 0
      THEN 'Tells no usage: in Open WebUI, Admin Panel > Settings > Models, edit the model and tick the capability Usage.'
    WHEN used.usage_coverage < 0.95
      THEN 'Tells usage for a part: answers that were broken off, or from before the capability Usage was ticked.'
    ELSE 'Nothing to do.'
  END AS fix
FROM used
JOIN main.instances i ON i.id = used.instance_id
LEFT JOIN main.models k ON k.instance_id = used.instance_id AND k.model_id = used.model_id
LEFT JOIN priced p ON p.instance_id = used.instance_id AND p.model_id = used.model_id
