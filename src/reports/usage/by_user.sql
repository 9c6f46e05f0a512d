-- Users by turns. Grouped by account, never by name: two people of one name stay two. Each part reads an index alone.
WITH asked AS (
  SELECT m.user_id, {{turns}} AS turns, {{active_days}} AS active_days, MAX(m.day) AS last_day
  FROM main.message m
  WHERE m.role = 'user'
    AND {{in_period_by_index}}
  GROUP BY m.user_id
),
answered AS (
  SELECT
    m.user_id,
    {{generations}} AS generations,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens,
    {{usage_coverage}} AS usage_coverage
  FROM main.message m
  WHERE m.role = 'assistant'
    AND {{in_period}}
  GROUP BY m.user_id
),
-- A chat has one owner, so that chats need not be told apart.
conversed AS (
  SELECT c.user_id, COUNT(*) AS chats
  FROM main.chats c
  WHERE EXISTS (SELECT 1 FROM main.message m WHERE m.chat_id = c.id AND {{in_period_by_index}})
  GROUP BY c.user_id
),
usage AS (
  SELECT
    conversed.user_id,
    COALESCE(asked.turns, 0) AS turns,
    COALESCE(answered.generations, 0) AS generations,
    conversed.chats,
    COALESCE(asked.active_days, 0) AS active_days,
    answered.input_tokens,
    answered.output_tokens,
    answered.usage_coverage,
    asked.last_day
  FROM conversed
  LEFT JOIN asked ON asked.user_id = conversed.user_id
  LEFT JOIN answered ON answered.user_id = conversed.user_id
),
ranked AS (
  SELECT
    ROW_NUMBER() OVER (ORDER BY usage.turns DESC, usage.generations DESC, usage.user_id) AS rank,
    usage.*,
    u.instance_id,
    COALESCE(NULLIF(u.name, ''), u.email, u.remote_id) AS user,
    -- Told apart where names repeat: by instance in a report of several, by e-mail within one.
    COALESCE(NULLIF(u.name, ''), u.email, u.remote_id)
      || IIF(json_array_length(:instances) > 1, ' · ' || i.name, '')
      || IIF(
        COUNT(*) OVER (PARTITION BY u.instance_id, u.name COLLATE NOCASE) > 1,
        ' (' || COALESCE(NULLIF(u.email, ''), u.remote_id) || ')',
        ''
      ) AS label,
    u.email,
    i.name || IIF(i.is_deleted, ' (removed)', '') AS instance,
    CASE u.is_deleted WHEN 1 THEN 'deleted' ELSE COALESCE(u.role, '') END AS role,
    COUNT(*) OVER () AS total_rows
  FROM usage
  JOIN main.users u ON u.id = usage.user_id
  JOIN main.instances i ON i.id = u.instance_id
  ORDER BY rank
  LIMIT :row_limit
)
SELECT
  ranked.*,
  (
    SELECT MAX(m.created_at)
    FROM main.message m
    WHERE m.day = ranked.last_day AND m.instance_id = ranked.instance_id AND m.role = 'user' AND m.user_id = ranked.user_id
  ) AS last_turn_at
FROM ranked
ORDER BY rank
