-- Files, most used first.
WITH {{library}},
counted AS (
  SELECT s.instance_id, s.remote_id, {{source_turns}} AS source_turns, {{source_users}} AS source_users
  FROM main.v_sources s
  WHERE s.kind = 'file' AND {{in_period(s)}}
  GROUP BY s.instance_id, s.remote_id
)
SELECT
  ROW_NUMBER() OVER (ORDER BY COALESCE(c.source_turns, 0) DESC, f.last_day DESC NULLS LAST, f.size DESC NULLS LAST, f.file_id) AS rank,
  f.file || CASE f.is_deleted WHEN 1 THEN ' (deleted)' ELSE '' END AS file,
  f.instance_id,
  {{instance_name}} AS instance,
  COALESCE(NULLIF(k.name, ''), k.remote_id) AS base,
  u.id AS user_id,
  {{person}} AS user,
  f.content_type,
  f.size AS library_bytes,
  COALESCE(c.source_turns, 0) AS source_turns,
  COALESCE(c.source_users, 0) AS source_users,
  {{date(f.last_day)}} AS last_used,
  CASE WHEN f.is_used = 1 THEN 'used' WHEN f.last_day IS NULL THEN 'never' ELSE 'not in this period' END AS state
FROM file f
JOIN main.instances i ON i.id = f.instance_id
LEFT JOIN main.knowledge_bases k ON k.id = f.base_id
LEFT JOIN main.users u ON u.id = {{user(f.user_id)}}
LEFT JOIN counted c ON c.instance_id = f.instance_id AND c.remote_id = f.remote_id
WHERE f.is_used = 1 OR f.is_deleted = 0
