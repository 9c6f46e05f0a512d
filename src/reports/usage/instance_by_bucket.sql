-- Turns along the time axis by instance. Counts of days add up to counts of steps; days come out of the index in order.
WITH RECURSIVE {{buckets}},
{{bucket_days}},
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
