-- The knowledge bases and files of the servers with their use, behind `WITH`: all that are there (with a filter of people:
-- that they own), and all that the span used. `last_day` is of all messages that the filters leave.
used AS MATERIALIZED (
  SELECT s.turn_id, s.user_id, s.day, s.file_id, s.knowledge_base_id, {{in_span(s)}} AS is_current
  FROM main.v_sources s
  WHERE {{in_scope(s)}} AND (s.file_id IS NOT NULL OR s.knowledge_base_id IS NOT NULL)
),
base_use AS MATERIALIZED (
  SELECT s.knowledge_base_id, {{source_turns}} AS source_turns, {{source_users}} AS source_users
  FROM used s
  WHERE s.is_current = 1 AND s.knowledge_base_id IS NOT NULL
  GROUP BY s.knowledge_base_id
),
file_use AS MATERIALIZED (
  SELECT s.file_id, {{source_turns}} AS source_turns, {{source_users}} AS source_users
  FROM used s
  WHERE s.is_current = 1 AND s.file_id IS NOT NULL
  GROUP BY s.file_id
),
last_base_use AS MATERIALIZED (SELECT knowledge_base_id, MAX(day) AS day FROM used GROUP BY knowledge_base_id),
last_file_use AS MATERIALIZED (SELECT file_id, MAX(day) AS day FROM used GROUP BY file_id),
base AS MATERIALIZED (
  SELECT
    k.id AS base_id,
    k.instance_id,
    COALESCE(NULLIF(k.name, ''), k.remote_id) AS base,
    k.user_id AS owner_id,
    k.is_deleted,
    k.file_count,
    COALESCE(p.source_turns, 0) AS source_turns,
    COALESCE(p.source_users, 0) AS source_users,
    p.knowledge_base_id IS NOT NULL AS is_used,
    l.day AS last_day
  FROM main.knowledge_bases k
  LEFT JOIN base_use p ON p.knowledge_base_id = k.id
  LEFT JOIN last_base_use l ON l.knowledge_base_id = k.id
  WHERE k.instance_id IN {{list(:instances)}} AND (p.knowledge_base_id IS NOT NULL OR (k.is_deleted = 0 AND {{owned(k)}}))
),
file AS MATERIALIZED (
  SELECT
    f.id AS file_id,
    f.instance_id,
    COALESCE(NULLIF(f.filename, ''), f.remote_id) AS file,
    f.content_type,
    f.size,
    f.user_id AS owner_id,
    f.knowledge_base_id AS base_id,
    f.is_deleted,
    f.created_at,
    COALESCE(p.source_turns, 0) AS source_turns,
    COALESCE(p.source_users, 0) AS source_users,
    p.file_id IS NOT NULL AS is_used,
    l.day AS last_day
  FROM main.files f
  LEFT JOIN file_use p ON p.file_id = f.id
  LEFT JOIN last_file_use l ON l.file_id = f.id
  WHERE f.instance_id IN {{list(:instances)}} AND (p.file_id IS NOT NULL OR (f.is_deleted = 0 AND {{owned(f)}}))
)
