-- The knowledge bases and files of the servers, behind `WITH`: all that are there (with a filter of people: that they own),
-- and all that the period or the span before used. `last_day` is of all messages that the filters leave.
touched AS MATERIALIZED (
  SELECT
    s.kind,
    s.instance_id,
    s.remote_id,
    MAX(s.day) AS last_day,
    MAX(CASE WHEN s.day BETWEEN :from_day AND :to_day THEN 1 ELSE 0 END) AS is_used,
    MAX(CASE WHEN s.day BETWEEN :previous_from_day AND :previous_to_day THEN 1 ELSE 0 END) AS was_used
  FROM main.v_sources s
  WHERE s.kind IN ('file', 'knowledge') AND {{in_scope(s)}}
  GROUP BY s.kind, s.instance_id, s.remote_id
),
every_file AS MATERIALIZED (
  SELECT
    f.id AS file_id,
    f.instance_id,
    f.remote_id,
    COALESCE(NULLIF(f.filename, ''), f.remote_id) AS file,
    f.content_type,
    f.size,
    f.user_id,
    f.knowledge_base_id AS base_id,
    f.is_deleted,
    f.created_at,
    COALESCE(d.is_used, 0) AS is_used,
    COALESCE(d.was_used, 0) AS was_used,
    d.last_day
  FROM main.files f
  LEFT JOIN touched d ON d.kind = 'file' AND d.instance_id = f.instance_id AND d.remote_id = f.remote_id
  WHERE f.instance_id IN {{list(:instances)}}
),
file AS (SELECT * FROM every_file f WHERE f.is_used = 1 OR f.was_used = 1 OR (f.is_deleted = 0 AND {{owned(f)}})),
by_file AS (
  SELECT base_id, MAX(is_used) AS is_used, MAX(was_used) AS was_used, MAX(last_day) AS last_day
  FROM every_file
  WHERE base_id IS NOT NULL
  GROUP BY base_id
),
every_base AS (
  SELECT
    k.id AS base_id,
    k.instance_id,
    COALESCE(NULLIF(k.name, ''), k.remote_id) AS base,
    k.user_id,
    k.is_deleted,
    k.file_count,
    MAX(COALESCE(d.is_used, 0), COALESCE(b.is_used, 0)) AS is_used,
    MAX(COALESCE(d.was_used, 0), COALESCE(b.was_used, 0)) AS was_used,
    NULLIF(MAX(COALESCE(d.last_day, -1), COALESCE(b.last_day, -1)), -1) AS last_day
  FROM main.knowledge_bases k
  LEFT JOIN touched d ON d.kind = 'knowledge' AND d.instance_id = k.instance_id AND d.remote_id = k.remote_id
  LEFT JOIN by_file b ON b.base_id = k.id
  WHERE k.instance_id IN {{list(:instances)}}
),
base AS MATERIALIZED (SELECT * FROM every_base b WHERE b.is_used = 1 OR b.was_used = 1 OR (b.is_deleted = 0 AND {{owned(b)}}))
