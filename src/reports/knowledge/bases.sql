-- Knowledge bases, most used first.
WITH {{library}},
counted AS (
  SELECT s.knowledge_base_id, {{source_turns}} AS source_turns, {{source_users}} AS source_users
  FROM main.v_sources s
  WHERE s.kind IN ('file', 'knowledge') AND s.knowledge_base_id IS NOT NULL AND {{in_period(s)}}
  GROUP BY s.knowledge_base_id
),
sized AS (SELECT f.base_id, SUM(f.size) AS library_bytes FROM file f WHERE f.is_deleted = 0 GROUP BY f.base_id)
SELECT
  ROW_NUMBER() OVER (ORDER BY COALESCE(c.source_turns, 0) DESC, b.last_day DESC NULLS LAST, {{nocase(b.base)}}, b.base_id) AS rank,
  b.base || CASE b.is_deleted WHEN 1 THEN ' (deleted)' ELSE '' END AS base,
  b.instance_id,
  {{instance_name}} AS instance,
  u.id AS user_id,
  {{person}} AS user,
  b.file_count,
  CASE WHEN s.base_id IS NULL AND b.file_count = 0 THEN 0 ELSE s.library_bytes END AS library_bytes,
  COALESCE(c.source_turns, 0) AS source_turns,
  COALESCE(c.source_users, 0) AS source_users,
  {{date(b.last_day)}} AS last_used,
  CASE WHEN b.is_used = 1 THEN 'used' WHEN b.last_day IS NULL THEN 'never' ELSE 'not in this period' END AS state
FROM base b
JOIN main.instances i ON i.id = b.instance_id
LEFT JOIN main.users u ON u.id = {{user(b.user_id)}}
LEFT JOIN counted c ON c.knowledge_base_id = b.base_id
LEFT JOIN sized s ON s.base_id = b.base_id
WHERE b.is_used = 1 OR b.is_deleted = 0
