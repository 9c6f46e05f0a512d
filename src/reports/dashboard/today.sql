-- Today so far by instance (is_current = 1), and the same weekday before until the same time of day (0). NULL where the
-- instance was not synced today: nothing is known of it.
WITH span AS (
  SELECT i.id AS instance_id, 1 AS is_current, :today AS day, i.last_sync_epoch AS until
  FROM main.instances i
  WHERE i.id IN {{list(:instances)}} AND SUBSTR(i.last_sync, 1, 10) >= {{date(:today)}}
  UNION ALL
  SELECT i.id, 0, :today - 7, i.last_sync_epoch - 7 * 86400
  FROM main.instances i
  WHERE i.id IN {{list(:instances)}} AND SUBSTR(i.last_sync, 1, 10) >= {{date(:today)}}
)
SELECT
  s.instance_id,
  s.is_current,
  (
    SELECT {{turns}} FROM main.v_turns t
    WHERE t.day = s.day AND t.instance_id = s.instance_id AND t.created_at_epoch <= s.until
  ) AS turns,
  (
    SELECT {{active_users}} FROM main.v_turns t
    WHERE t.day = s.day AND t.instance_id = s.instance_id AND t.created_at_epoch <= s.until
  ) AS active_users,
  (
    SELECT {{generations}} FROM main.v_generations g
    WHERE g.day = s.day AND +g.instance_id = s.instance_id AND g.created_at_epoch <= s.until
  ) AS generations,
  (
    SELECT {{errors}} FROM main.v_generations g
    WHERE g.day = s.day AND +g.instance_id = s.instance_id AND g.created_at_epoch <= s.until
  ) AS errors
FROM span s
ORDER BY s.instance_id, s.is_current
