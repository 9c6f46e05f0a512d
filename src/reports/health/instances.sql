-- What is known of each instance and how old it is.
SELECT
  i.id AS instance_id,
  i.name AS instance,
  i.version,
  i.privacy,
  i.enabled,
  i.last_sync,
  (:now - i.last_sync_epoch) / 3600.0 AS hours_since_sync,
  i.last_full_sync,
  i.last_complete_walk,
  i.failures AS failures_in_a_row,
  CASE WHEN i.next_allowed_at_epoch > :now THEN i.next_allowed_at END AS left_alone_until,
  (
    SELECT r.error FROM main.sync_runs r
    WHERE r.instance_id = i.id AND r.error IS NOT NULL
    ORDER BY r.started_at_epoch DESC, r.id DESC
    LIMIT 1
  ) AS last_error
FROM main.instances i
WHERE i.id IN {{list(:instances)}} AND i.is_deleted = 0
ORDER BY i.name, i.id
