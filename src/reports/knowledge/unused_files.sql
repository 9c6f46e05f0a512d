-- Files that no message is known to have used, largest first.
WITH {{library}}
SELECT
  ROW_NUMBER() OVER (ORDER BY f.size DESC NULLS LAST, f.created_at NULLS FIRST, f.file_id) AS rank,
  f.file,
  f.instance_id,
  {{instance_name}} AS instance,
  COALESCE(NULLIF(k.name, ''), k.remote_id) AS base,
  u.id AS user_id,
  {{person}} AS user,
  f.content_type,
  f.size AS library_bytes,
  SUBSTR(f.created_at, 1, 10) AS uploaded
FROM file f
JOIN main.instances i ON i.id = f.instance_id
LEFT JOIN main.knowledge_bases k ON k.id = f.base_id
LEFT JOIN main.users u ON u.id = {{user(f.user_id)}}
WHERE f.is_deleted = 0 AND f.last_day IS NULL
