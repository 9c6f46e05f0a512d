-- Syncs of the period, the newest first.
SELECT
  ROW_NUMBER() OVER (ORDER BY r.started_at_epoch DESC, r.id DESC) AS rank,
  i.id AS instance_id,
  {{instance_name}} AS instance,
  r.started_at,
  CASE r.kind WHEN 'full' THEN 'full' ELSE 'incremental' END || CASE r.walk WHEN 'complete' THEN ', everybody' ELSE '' END AS kind,
  r.trigger,
  {{status}} AS status,
  r.duration_ms / 1000.0 AS run_seconds,
  r.requests AS calls,
  r.expected_requests AS expected_calls,
  r.inserted + r.updated + r.deleted + r.restored AS changed_rows,
  r.quarantined AS unreadable_objects,
  r.error AS message
FROM main.sync_runs r
JOIN main.instances i ON i.id = r.instance_id
WHERE {{of_period}}
