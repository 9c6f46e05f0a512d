-- Instances side by side; one that uses nothing shows zeros.
WITH {{library}},
counted AS (
  SELECT
    s.instance_id,
    {{retrieval_turns}} AS retrieval_turns,
    {{knowledge_reach}} AS knowledge_reach,
    {{web_searches}} AS web_searches,
    {{tool_calls}} AS tool_calls
  FROM main.v_sources s
  WHERE {{in_period(s)}}
  GROUP BY s.instance_id
),
covered AS (
  SELECT t.instance_id, {{source_coverage}} AS source_coverage FROM main.v_turns t WHERE {{in_period(t)}} GROUP BY t.instance_id
)
SELECT
  i.id AS instance_id,
  {{instance_name}} AS instance,
  (SELECT COUNT(*) FROM base b WHERE b.instance_id = i.id AND b.is_deleted = 0) AS knowledge_bases,
  (SELECT COUNT(*) FROM file f WHERE f.instance_id = i.id AND f.is_deleted = 0) AS library_files,
  (SELECT CASE COUNT(*) WHEN 0 THEN 0 ELSE SUM(f.size) END FROM file f WHERE f.instance_id = i.id AND f.is_deleted = 0) AS library_bytes,
  CASE v.source_coverage WHEN 0 THEN NULL ELSE COALESCE(c.retrieval_turns, 0) END AS retrieval_turns,
  CASE v.source_coverage WHEN 0 THEN NULL ELSE COALESCE(c.knowledge_reach, 0) END AS knowledge_reach,
  CASE v.source_coverage WHEN 0 THEN NULL ELSE COALESCE(c.web_searches, 0) END AS web_searches,
  CASE v.source_coverage WHEN 0 THEN NULL ELSE COALESCE(c.tool_calls, 0) END AS tool_calls,
  v.source_coverage
FROM main.instances i
LEFT JOIN counted c ON c.instance_id = i.id
LEFT JOIN covered v ON v.instance_id = i.id
WHERE i.id IN {{list(:instances)}}
ORDER BY COALESCE(c.retrieval_turns, 0) DESC, i.id
