-- Activity along the time axis. Steps without a message are true zeros: the mirror knows these days. Each number reads the
-- index alone, in its order: a join would sort every message by its step.
WITH bucket AS MATERIALIZED (
  SELECT
    value ->> '$.bucket' AS bucket,
    value ->> '$.label' AS label,
    value ->> '$.first_day' AS first_day,
    value ->> '$.last_day' AS last_day,
    value ->> '$.is_partial' AS is_partial,
    value ->> '$.tail' AS tail
  FROM json_each(:buckets)
)
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
