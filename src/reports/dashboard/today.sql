-- Today so far by instance (is_current = 1), and the same weekday before until the same time of day (0). NULL where the
-- instance was not synced today: nothing is known of it. Active users of all instances together (instance_id NULL): accounts of
-- several instances may be one person.
WITH span AS (
  SELECT i.id AS instance_id, i.url, 1 AS is_current, :today AS day, i.last_sync_epoch AS until
  FROM main.instances i
  WHERE i.id IN {{list(:instances)}} AND SUBSTR(i.last_sync, 1, 10) >= {{date(:today)}}
  UNION ALL
  SELECT i.id, i.url, 0, :today - 7, i.last_sync_epoch - 7 * 86400
  FROM main.instances i
  WHERE i.id IN {{list(:instances)}} AND SUBSTR(i.last_sync, 1, 10) >= {{date(:today)}}
)
SELECT
  s.instance_id,
  s.url,
  s.is_current,
  (
    SELECT {{turns}} FROM main.v_turns t
    WHERE t.day = s.day AND t.instance_id = s.instance_id AND t.created_at_epoch <= s.until AND {{not_excluded(t.user_id)}}
  ) AS turns,
  (
    SELECT {{active_users}} FROM main.v_turns t
    WHERE t.day = s.day AND t.instance_id = s.instance_id AND t.created_at_epoch <= s.until AND {{not_excluded(t.user_id)}}
  ) AS active_users,
  (
    SELECT {{generations}} FROM main.v_generations g
    WHERE g.day = s.day AND +g.instance_id = s.instance_id AND g.created_at_epoch <= s.until AND {{not_excluded(g.user_id)}}
  ) AS generations,
  (
    SELECT {{errors}} FROM main.v_generations g
    WHERE g.day = s.day AND +g.instance_id = s.instance_id AND g.created_at_epoch <= s.until AND {{not_excluded(g.user_id)}}
  ) AS errors
FROM span s
UNION ALL
SELECT NULL, NULL, s.is_current, NULL, {{active_users}}, NULL, NULL
FROM span s
CROSS JOIN main.v_turns t ON t.day = s.day AND t.instance_id = s.instance_id
WHERE t.created_at_epoch <= s.until AND {{not_excluded(t.user_id)}}
GROUP BY s.is_current
ORDER BY 1 NULLS LAST, 3
