-- Instances side by side; one without a message in the period shows zeros.
WITH usage AS (
  SELECT
    {{instance_key}} AS instance_id,
    {{active_users}} AS active_users,
    {{turns}} AS turns,
    {{generations}} AS generations,
    {{chats}} AS chats,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens,
    {{usage_coverage}} AS usage_coverage,
    {{error_rate}} AS error_rate
  FROM {{messages_by_instance}}
  WHERE {{in_period}}
  GROUP BY {{instance_key}}
)
SELECT
  i.id AS instance_id,
  i.name || IIF(i.is_deleted, ' (removed)', '') AS instance,
  i.version,
  i.last_sync,
  (SELECT COUNT(*) FROM main.users u WHERE u.instance_id = i.id AND u.is_deleted = 0) AS accounts,
  COALESCE(usage.active_users, 0) AS active_users,
  COALESCE(usage.turns, 0) AS turns,
  COALESCE(usage.generations, 0) AS generations,
  COALESCE(usage.chats, 0) AS chats,
  usage.input_tokens,
  usage.output_tokens,
  usage.usage_coverage,
  usage.error_rate
FROM main.instances i
LEFT JOIN usage ON usage.instance_id = i.id
WHERE i.id IN (SELECT value FROM json_each(:instances))
ORDER BY COALESCE(usage.turns, 0) DESC, i.id
