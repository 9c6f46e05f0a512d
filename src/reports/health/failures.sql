-- Why syncs of the period, or their parts for one kind of data, failed, with the newest message of each reason.
WITH failure AS (
  SELECT r.id, r.instance_id, r.started_at, r.started_at_epoch, '' AS stream, r.error_code, r.error
  FROM main.sync_runs r
  WHERE r.error_code IS NOT NULL AND {{of_period}}
  UNION ALL
  SELECT r.id, r.instance_id, r.started_at, r.started_at_epoch, s.stream, s.error_code, s.error
  FROM main.sync_runs r
  JOIN main.sync_run_streams s ON s.sync_run_id = r.id
  WHERE s.error_code IS NOT NULL AND {{of_period}}
),
ranked AS (
  SELECT
    failure.*,
    COUNT(*) OVER (PARTITION BY instance_id, stream, error_code) AS failures,
    MIN(started_at) OVER (PARTITION BY instance_id, stream, error_code) AS first_at,
    ROW_NUMBER() OVER (PARTITION BY instance_id, stream, error_code ORDER BY started_at_epoch DESC, id DESC) AS place
  FROM failure
)
SELECT
  ROW_NUMBER() OVER (ORDER BY f.started_at_epoch DESC, f.instance_id, f.stream, f.error_code) AS rank,
  i.id AS instance_id,
  i.name AS instance,
  CASE f.stream WHEN '' THEN 'whole run' ELSE REPLACE(f.stream, '_', ' ') END AS stream,
  f.error_code,
  f.failures,
  f.first_at,
  f.started_at AS last_at,
  f.error AS message
FROM ranked f
JOIN main.instances i ON i.id = f.instance_id
WHERE f.place = 1
