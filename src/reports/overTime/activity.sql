-- Activity along the time axis. Known steps without a message are true zeros; unknown ones are NULL. Each number reads the
-- index alone, in its order: a join would sort every message by its step.
WITH {{buckets}}
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  b.is_unknown,
  b.tail,
  CASE b.is_unknown WHEN 0 THEN (SELECT {{turns}} FROM main.v_turns t WHERE {{in_bucket(t)}}) END AS turns,
  CASE b.is_unknown WHEN 0 THEN (SELECT {{generations}} FROM main.v_generations g WHERE {{in_bucket(g)}}) END AS generations,
  CASE b.is_unknown WHEN 0 THEN (SELECT {{active_users}} FROM main.v_turns t WHERE {{in_bucket(t)}}) END AS active_users
FROM bucket b
ORDER BY b.bucket
