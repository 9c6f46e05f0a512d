-- Turns along the time axis by instance. Counts of days add up to counts of steps; days come out of the index in order.
WITH RECURSIVE bucket AS MATERIALIZED (
  SELECT
    value ->> '$.bucket' AS bucket,
    value ->> '$.label' AS label,
    value ->> '$.first_day' AS first_day,
    value ->> '$.last_day' AS last_day,
    value ->> '$.is_partial' AS is_partial
  FROM json_each(:buckets)
),
day AS MATERIALIZED (
  SELECT bucket, label, is_partial, first_day AS day, last_day FROM bucket
  UNION ALL
  SELECT bucket, label, is_partial, day + 1, last_day FROM day WHERE day < last_day
),
counted AS MATERIALIZED (
  SELECT m.day, m.instance_id, {{turns}} AS turns
  FROM main.message m
  WHERE {{in_period_by_index}}
  GROUP BY m.day, m.instance_id
)
SELECT
  d.bucket,
  d.label,
  d.is_partial,
  i.id AS series_rank,
  i.name || IIF(i.is_deleted, ' (removed)', '') AS series,
  SUM(c.turns) AS turns
FROM counted c
JOIN day d ON d.day = c.day
JOIN main.instances i ON i.id = c.instance_id
GROUP BY d.bucket, i.id
ORDER BY d.bucket, i.id
