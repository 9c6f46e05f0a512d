-- Tools by their calls. A tool of one name on several instances is one row.
SELECT
  ROW_NUMBER() OVER (ORDER BY used.tool_calls DESC, used.tool) AS rank,
  used.*
FROM (
  SELECT
    s.remote_id AS tool,
    {{tool_calls}} AS tool_calls,
    {{tool_answers}} AS tool_answers,
    {{source_users}} AS source_users,
    {{date(MAX(s.day))}} AS last_used
  FROM main.v_sources s
  WHERE s.kind = 'tool' AND {{in_period(s)}}
  GROUP BY s.remote_id
) used
