-- Instances side by side; one without a message in the period shows zeros.
SELECT
  i.id AS instance_id,
  i.name || IIF(i.is_deleted, ' (removed)', '') AS instance,
  i.version,
  i.last_sync,
  (SELECT COUNT(*) FROM main.users u WHERE u.instance_id = i.id AND u.is_deleted = 0) AS accounts,
  {{active_users}} AS active_users,
  {{turns}} AS turns,
  {{generations}} AS generations,
  {{chats}} AS chats,
  {{input_tokens}} AS input_tokens,
  {{output_tokens}} AS output_tokens,
  {{usage_coverage}} AS usage_coverage,
  {{error_rate}} AS error_rate,
  ROW_NUMBER() OVER (ORDER BY {{turns}} DESC, i.id) AS rank
FROM main.instances i
LEFT JOIN main.message m ON m.instance_id = i.id AND m.day BETWEEN :from_day AND :to_day
WHERE i.id IN (SELECT value FROM json_each(:instances))
GROUP BY i.id
ORDER BY rank
