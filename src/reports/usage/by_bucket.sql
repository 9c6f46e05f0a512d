-- Activity along the time axis. Steps without a message are true zeros: the mirror knows these days.
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
  {{turns}} AS turns,
  {{generations}} AS generations,
  {{active_users}} AS active_users
FROM bucket b
LEFT JOIN main.message m ON m.day BETWEEN b.first_day AND b.last_day AND {{in_scope}}
GROUP BY b.bucket
ORDER BY b.bucket
