-- What messages of a span use, and how many of its turns that is known of.
SELECT {{is_current}} AS is_current, covered.source_coverage, counted.*
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
) counted
