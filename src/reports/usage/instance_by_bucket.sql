-- Turns along the time axis by instance.
WITH bucket AS MATERIALIZED (
  SELECT
    value ->> '$.bucket' AS bucket,
    value ->> '$.label' AS label,
    value ->> '$.first_day' AS first_day,
    value ->> '$.last_day' AS last_day,
    value ->> '$.is_partial' AS is_partial
  FROM json_each(:buckets)
)
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  i.id AS series_rank,
  i.name || IIF(i.is_deleted, ' (removed)', '') AS series,
  {{turns}} AS turns
FROM bucket b
JOIN main.message m ON m.day BETWEEN b.first_day AND b.last_day AND {{in_scope}}
JOIN main.instances i ON i.id = m.instance_id
GROUP BY b.bucket, i.id
ORDER BY b.bucket, i.id
