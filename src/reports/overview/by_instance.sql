-- Instances side by side; one without a message in the period shows zeros. Each part reads an index alone.
WITH asking AS (
  SELECT u.instance_id, COUNT(DISTINCT {{user(u.id)}}) AS active_users
  FROM (SELECT DISTINCT t.user_id FROM main.v_turns t WHERE {{in_period_by_index(t)}}) active
  JOIN main.users u ON u.id = active.user_id
  GROUP BY u.instance_id
),
asked AS (
  SELECT instance_id, SUM(turns) AS turns
  FROM (
    SELECT t.instance_id, {{turns}} AS turns
    FROM main.v_turns t
    WHERE {{in_period_by_index(t)}}
    GROUP BY t.day, t.instance_id
  ) by_day
  GROUP BY instance_id
),
answered AS (
  SELECT
    g.instance_id,
    {{generations}} AS generations,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens,
    {{usage_coverage}} AS usage_coverage,
    {{error_rate}} AS error_rate
  FROM main.v_generations g
  WHERE {{in_period(g)}}
  GROUP BY g.instance_id
),
conversed AS (
  SELECT c.instance_id, COUNT(*) AS chats
  FROM main.chats c
  WHERE EXISTS (SELECT 1 FROM main.message m WHERE m.chat_id = c.id AND {{in_period_by_index(m)}})
  GROUP BY c.instance_id
)
SELECT
  i.id AS instance_id,
  {{instance_name}} AS instance,
  i.version,
  i.last_sync,
  (SELECT COUNT(DISTINCT {{user(u.id)}}) FROM main.users u WHERE u.instance_id = i.id AND u.is_deleted = 0 AND {{people}}) AS accounts,
  COALESCE(asking.active_users, 0) AS active_users,
  COALESCE(asked.turns, 0) AS turns,
  COALESCE(answered.generations, 0) AS generations,
  COALESCE(conversed.chats, 0) AS chats,
  answered.input_tokens,
  answered.output_tokens,
  answered.usage_coverage,
  answered.error_rate
FROM main.instances i
LEFT JOIN asking ON asking.instance_id = i.id
LEFT JOIN asked ON asked.instance_id = i.id
LEFT JOIN answered ON answered.instance_id = i.id
LEFT JOIN conversed ON conversed.instance_id = i.id
WHERE i.id IN {{list(:instances)}}
ORDER BY COALESCE(asked.turns, 0) DESC, i.id
