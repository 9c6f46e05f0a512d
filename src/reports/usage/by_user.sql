-- Users by turns. Grouped by account, never by name: two people of one name stay two.
WITH usage AS (
  SELECT
    {{user_key}} AS user_id,
    {{turns}} AS turns,
    {{generations}} AS generations,
    {{chats}} AS chats,
    {{active_days}} AS active_days,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens,
    {{usage_coverage}} AS usage_coverage,
    MAX(m.day) FILTER (WHERE m.role = 'user') AS last_day
  FROM {{messages_by_user}}
  WHERE {{in_period}}
  GROUP BY {{user_key}}
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
