-- Headline numbers of the period (is_current = 1) or of the span that it is compared with (0). What messages use is unknown
-- where no chat of the span was read for it.
SELECT
  {{is_current}} AS is_current,
  covered.source_coverage,
  CASE covered.source_coverage WHEN 0 THEN NULL ELSE counted.retrieval_turns END AS retrieval_turns,
  CASE covered.source_coverage WHEN 0 THEN NULL ELSE counted.knowledge_reach END AS knowledge_reach,
  CASE covered.source_coverage WHEN 0 THEN NULL ELSE counted.web_searches END AS web_searches,
  CASE covered.source_coverage WHEN 0 THEN NULL ELSE counted.tool_calls END AS tool_calls,
  CASE covered.source_coverage WHEN 0 THEN NULL ELSE counted.tool_answers END AS tool_answers,
  held.knowledge_bases,
  held.library_files,
  held.library_bytes,
  held.used_bases,
  held.used_files,
  CASE covered.source_coverage WHEN 0 THEN NULL ELSE 1.0 * held.used_bases / NULLIF(held.knowledge_bases, 0) END AS used_base_share,
  CASE covered.source_coverage WHEN 0 THEN NULL ELSE 1.0 * held.used_files / NULLIF(held.library_files, 0) END AS used_file_share,
  held.unused_bytes,
  held.unused_files
FROM (SELECT {{source_coverage}} AS source_coverage FROM main.v_turns t WHERE {{in_span(t)}}) covered,
(
  SELECT
    {{retrieval_turns}} AS retrieval_turns,
    {{knowledge_reach}} AS knowledge_reach,
    {{web_searches}} AS web_searches,
    {{tool_calls}} AS tool_calls,
    {{tool_answers}} AS tool_answers
  FROM main.v_sources s
  WHERE {{in_span(s)}}
) counted,
(
  WITH {{library}}
  SELECT bases.*, files.*
  FROM (
    SELECT COUNT(*) AS knowledge_bases, COUNT(*) FILTER (WHERE is_used) AS used_bases FROM base WHERE is_deleted = 0
  ) bases,
  (
    SELECT
      COUNT(*) AS library_files,
      COUNT(*) FILTER (WHERE is_used) AS used_files,
      COUNT(*) FILTER (WHERE last_day IS NULL) AS unused_files,
      SUM(size) AS library_bytes,
      SUM(CASE WHEN last_day IS NULL THEN size ELSE 0 END) AS unused_bytes
    FROM file
    WHERE is_deleted = 0
  ) files
) held
