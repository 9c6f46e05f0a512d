-- Activity along the time axis. Steps without a message are true zeros: the mirror knows these days. Each number reads the
-- index alone, in its order: a join would sort every message by its step.
WITH {{buckets}}
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  b.tail,
  (SELECT {{turns}} FROM main.message m WHERE {{in_bucket}}) AS turns,
  (SELECT {{generations}} FROM main.message m WHERE {{in_bucket}}) AS generations,
  (SELECT {{active_users}} FROM main.message m WHERE {{in_bucket}}) AS active_users
FROM bucket b
ORDER BY b.bucket
