-- Users by turns. Grouped by account, never by name: two people of one name stay two. Merged accounts are one user.
WITH asked AS MATERIALIZED (
  SELECT
    {{owner(t)}} AS user_id,
    {{turns}} AS turns,
    {{active_days}} AS active_days,
    MAX(t.day) AS last_day
  FROM {{by_owner(t)}}
  WHERE {{in_period(t)}}
  GROUP BY {{owner(t)}}
),
answered AS MATERIALIZED (
  SELECT
    {{owner(g)}} AS user_id,
    {{generations}} AS generations,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens,
    {{usage_coverage}} AS usage_coverage
  FROM {{by_owner(g)}}
  WHERE {{in_period(g)}}
  GROUP BY {{owner(g)}}
),
conversed AS MATERIALIZED (
  SELECT {{user(h.user_id)}} AS user_id, COUNT(*) AS chats
  FROM main.chats h
  WHERE EXISTS (SELECT 1 FROM main.message m WHERE m.chat_id = h.id AND {{in_period(m)}})
  GROUP BY {{user(h.user_id)}}
)
SELECT
  ROW_NUMBER() OVER (ORDER BY COALESCE(asked.turns, 0) DESC, COALESCE(answered.generations, 0) DESC, u.id) AS rank,
  u.id AS user_id,
  u.instance_id,
  {{person}} AS user,
  {{person_label}} AS label,
  u.email,
  {{instance_name}} AS instance,
  CASE u.is_deleted WHEN 1 THEN 'deleted' ELSE COALESCE(u.role, '') END AS role,
  COALESCE(asked.turns, 0) AS turns,
  COALESCE(answered.generations, 0) AS generations,
  conversed.chats,
  COALESCE(asked.active_days, 0) AS active_days,
  answered.input_tokens,
  answered.output_tokens,
  answered.usage_coverage,
  (
    SELECT MAX(t.created_at)
    FROM main.v_turns t
    WHERE t.day = asked.last_day AND {{of_person(t)}} AND {{in_scope(t)}}
  ) AS last_turn_at
FROM conversed
JOIN main.users u ON u.id = conversed.user_id
JOIN main.instances i ON i.id = u.instance_id
LEFT JOIN asked ON asked.user_id = u.id
LEFT JOIN answered ON answered.user_id = u.id
