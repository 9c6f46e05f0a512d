-- How old each kind of data is, and since when it cannot be read.
SELECT
  i.id AS instance_id,
  i.name AS instance,
  f.stream AS stream_id,
  UPPER(SUBSTR(f.stream, 1, 1)) || REPLACE(SUBSTR(f.stream, 2), '_', ' ') AS stream,
  f.last_complete_at,
  (:now - f.last_complete_at_epoch) / 3600.0 AS hours_since_sync,
  f.problem_code,
  f.problem_since
FROM main.stream_freshness f
JOIN main.instances i ON i.id = f.instance_id AND i.is_deleted = 0
WHERE f.is_deleted = 0 AND f.instance_id IN {{list(:instances)}}
ORDER BY f.problem_code IS NULL, i.name, i.id, f.stream
