-- Use along the time axis. A step with none is a true zero only where all chats were read for it.
WITH RECURSIVE {{buckets}},
{{bucket_days}},
{{known}},
used AS MATERIALIZED (
  SELECT s.day, s.message_id, s.turn_id, s.kind, s.use, s.is_copy
  FROM main.v_sources s
  WHERE {{in_period(s)}}
),
counted AS MATERIALIZED (
  SELECT
    d.bucket,
    {{retrieval_turns}} AS retrieval_turns,
    {{web_searches}} AS web_searches,
    {{tool_answers}} AS tool_answers
  FROM used s
  JOIN day d ON d.day = s.day
  GROUP BY d.bucket
),
step AS (
  SELECT b.*, b.is_unknown = 0 AND b.first_day >= COALESCE((SELECT known_from_day FROM known), b.first_day) AS is_known
  FROM bucket b
)
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  b.is_unknown,
  b.tail,
  CASE WHEN b.is_known THEN COALESCE(c.retrieval_turns, 0) ELSE NULLIF(c.retrieval_turns, 0) END AS retrieval_turns,
  CASE WHEN b.is_known THEN COALESCE(c.web_searches, 0) ELSE NULLIF(c.web_searches, 0) END AS web_searches,
  CASE WHEN b.is_known THEN COALESCE(c.tool_answers, 0) ELSE NULLIF(c.tool_answers, 0) END AS tool_answers
FROM step b
LEFT JOIN counted c ON c.bucket = b.bucket
ORDER BY b.bucket
