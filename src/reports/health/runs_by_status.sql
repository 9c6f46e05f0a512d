-- Syncs along the time axis by what became of them.
WITH {{buckets}},
run AS MATERIALIZED (
  SELECT {{day_of(r.started_at)}} AS day, r.status, {{status}} AS words
  FROM main.sync_runs r
  WHERE {{of_period}}
)
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  CASE run.status
    WHEN 'ok' THEN 1 WHEN 'partial' THEN 2 WHEN 'failed' THEN 3 WHEN 'interrupted' THEN 4 WHEN 'deferred' THEN 5
    WHEN 'cancelled' THEN 6 ELSE 7
  END AS series_rank,
  run.status AS series_key,
  run.words AS series,
  COUNT(*) AS sync_runs
FROM bucket b
JOIN run ON run.day BETWEEN b.first_day AND b.last_day
GROUP BY b.bucket, b.label, b.is_partial, run.status, run.words
ORDER BY b.bucket, series_rank
