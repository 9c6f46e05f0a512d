-- Turns along the time axis by instance. Counts of days add up to counts of steps; days come out of the index in order.
WITH RECURSIVE {{buckets}},
{{bucket_days}},
counted AS MATERIALIZED (
  SELECT t.day, t.instance_id, {{turns}} AS turns
  FROM main.v_turns t
  WHERE {{in_period_by_index(t)}}
  GROUP BY t.day, t.instance_id
)
SELECT
  d.bucket,
  d.label,
  d.is_partial,
  i.id AS series_rank,
  i.id AS series_key,
  {{instance_name}} AS series,
  SUM(c.turns) AS turns
FROM counted c
JOIN day d ON d.day = c.day
JOIN main.instances i ON i.id = c.instance_id
GROUP BY d.bucket, d.label, d.is_partial, i.id
ORDER BY d.bucket, i.id
