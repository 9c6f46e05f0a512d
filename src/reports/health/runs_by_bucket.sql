-- Calls of syncs along the time axis. A step without a sync has no number of calls for each.
WITH {{buckets}},
run AS MATERIALIZED (
  SELECT {{day_of(r.started_at)}} AS day, r.requests, r.expected_requests
  FROM main.sync_runs r
  WHERE {{of_period}}
)
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  COUNT(run.day) AS sync_runs,
  1.0 * SUM(run.requests) / NULLIF(COUNT(run.day), 0) AS calls_per_run,
  1.0 * SUM(run.expected_requests) / NULLIF(COUNT(run.expected_requests), 0) AS expected_calls_per_run
FROM bucket b
LEFT JOIN run ON run.day BETWEEN b.first_day AND b.last_day
GROUP BY b.bucket, b.label, b.is_partial
ORDER BY b.bucket
