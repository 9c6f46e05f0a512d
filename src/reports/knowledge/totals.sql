-- Headline numbers of the period (is_current = 1) and of the span that it is compared with (0). What messages use is unknown
-- where no chat of the span was read for it; what the servers hold is of the last sync in both.
WITH {{library}},
span AS MATERIALIZED (
{{spans}}
),
bases AS (
  SELECT COUNT(*) AS knowledge_bases, COALESCE(SUM(is_used), 0) AS used, COALESCE(SUM(was_used), 0) AS used_before
  FROM base
  WHERE is_deleted = 0
),
files AS (
  SELECT
    COUNT(*) AS library_files,
    COALESCE(SUM(is_used), 0) AS used,
    COALESCE(SUM(was_used), 0) AS used_before,
    COUNT(*) FILTER (WHERE last_day IS NULL) AS unused_files,
    CASE COUNT(*) WHEN 0 THEN 0 ELSE SUM(size) END AS library_bytes,
    CASE COUNT(*) WHEN 0 THEN 0 ELSE SUM(CASE WHEN last_day IS NULL THEN size ELSE 0 END) END AS unused_bytes
  FROM file
  WHERE is_deleted = 0
),
used AS (
  SELECT
    span.is_current,
    CASE span.is_current WHEN 1 THEN bases.used ELSE bases.used_before END AS used_bases,
    CASE span.is_current WHEN 1 THEN files.used ELSE files.used_before END AS used_files
  FROM span, bases, files
)
SELECT
  span.is_current,
  span.source_coverage,
  CASE span.source_coverage WHEN 0 THEN NULL ELSE span.retrieval_turns END AS retrieval_turns,
  CASE span.source_coverage WHEN 0 THEN NULL ELSE span.knowledge_reach END AS knowledge_reach,
  CASE span.source_coverage WHEN 0 THEN NULL ELSE span.web_searches END AS web_searches,
  CASE span.source_coverage WHEN 0 THEN NULL ELSE span.tool_calls END AS tool_calls,
  CASE span.source_coverage WHEN 0 THEN NULL ELSE span.tool_answers END AS tool_answers,
  bases.knowledge_bases,
  files.library_files,
  files.library_bytes,
  used.used_bases,
  used.used_files,
  CASE span.source_coverage WHEN 0 THEN NULL ELSE 1.0 * used.used_bases / NULLIF(bases.knowledge_bases, 0) END AS used_base_share,
  CASE span.source_coverage WHEN 0 THEN NULL ELSE 1.0 * used.used_files / NULLIF(files.library_files, 0) END AS used_file_share,
  files.unused_bytes,
  files.unused_files
FROM span
JOIN used ON used.is_current = span.is_current, bases, files
