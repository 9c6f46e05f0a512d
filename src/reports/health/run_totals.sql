-- Syncs of the period. Runs after the last sync, which all failed, belong to a period that reaches it.
SELECT
  1 AS is_current,
  COUNT(*) AS sync_runs,
  COUNT(*) FILTER (WHERE r.status IN ('failed', 'interrupted')) AS failed_runs,
  SUM(r.requests) AS calls,
  SUM(r.expected_requests) AS expected_calls,
  SUM(r.inserted + r.updated + r.deleted + r.restored) AS changed_rows
FROM main.sync_runs r
WHERE {{of_period}}
