-- What each account did in the 28 days that end with the period, as the engagement score reads it. Breadth counts what the
-- database proves: models by their answers, the rest by what messages carry and chats lie in.
recent AS MATERIALIZED (
  SELECT user_id, COUNT(*) AS active_days, SUM(turns) AS turns, MAX(day) AS last_day
  FROM habit
  WHERE day > :to_day - 28
  GROUP BY user_id
),
used AS MATERIALIZED (
  SELECT
    {{user(m.user_id)}} AS user_id,
    CASE WHEN COUNT(DISTINCT CASE m.role WHEN 'assistant' THEN m.model_id END) >= 2 THEN 1 ELSE 0 END AS uses_models,
    MAX(
      CASE WHEN m.file_count > 0 OR EXISTS (
        SELECT 1 FROM main.message_sources s
        WHERE s.message_id = m.id AND s.kind IN ('file', 'knowledge') AND s.is_deleted = 0
      ) THEN 1 ELSE 0 END
    ) AS uses_knowledge,
    MAX(
      CASE WHEN m.tool_call_count > 0 OR EXISTS (
        SELECT 1 FROM main.message_sources s
        WHERE s.message_id = m.id AND s.kind IN ('tool', 'web') AND s.is_deleted = 0
      ) THEN 1 ELSE 0 END
    ) AS uses_tools,
    MAX(CASE WHEN h.folder_id IS NULL THEN 0 ELSE 1 END) AS uses_folders
  FROM main.message m
  JOIN main.chats h ON h.id = m.chat_id
  WHERE m.day BETWEEN :to_day - 27 AND :to_day AND {{in_scope(m)}}
  GROUP BY {{user(m.user_id)}}
),
engaged AS MATERIALIZED (
  SELECT
    a.user_id,
    COALESCE(r.active_days, 0) AS active_days,
    COALESCE(r.turns, 0) AS turns,
    r.last_day,
    :to_day - r.last_day AS days_since,
    COALESCE(d.uses_models, 0) AS uses_models,
    COALESCE(d.uses_knowledge, 0) AS uses_knowledge,
    COALESCE(d.uses_tools, 0) AS uses_tools,
    COALESCE(d.uses_folders, 0) AS uses_folders
  FROM account a
  LEFT JOIN recent r ON r.user_id = a.user_id
  LEFT JOIN used d ON d.user_id = a.user_id
)
