-- What happened outside of the chats: another server version, another price of a model, a model that an instance stopped
-- offering after somebody had used it, holidays. A price changes on a UTC day.
WITH versions AS (
  SELECT
    s.instance_id,
    {{day_of(s.started_at)}} AS day,
    s.server_version AS version,
    LAG(s.server_version) OVER (PARTITION BY s.instance_id ORDER BY s.started_at_epoch, s.id) AS earlier_version
  FROM main.sync_runs s
  WHERE s.instance_id IN {{list(:instances)}} AND s.server_version IS NOT NULL
)
SELECT
  v.day,
  'version' AS kind,
  i.name AS instance,
  v.version AS name,
  (SELECT COUNT(*) FROM {{rows(:instances)}}) AS instances
FROM versions v
JOIN main.instances i ON i.id = v.instance_id
WHERE v.version <> v.earlier_version
UNION ALL
SELECT p.valid_from_day, 'price', i.name, p.model_id, (SELECT COUNT(*) FROM {{rows(:instances)}})
FROM main.prices p
LEFT JOIN main.instances i ON i.id = p.instance_id
WHERE p.is_deleted = 0
  AND (p.instance_id IS NULL OR p.instance_id IN {{list(:instances)}})
  AND EXISTS (
    SELECT 1
    FROM main.prices earlier
    WHERE earlier.model_id = p.model_id
      AND COALESCE(earlier.instance_id, 0) = COALESCE(p.instance_id, 0)
      AND earlier.is_deleted = 0
      AND earlier.valid_from_day < p.valid_from_day
  )
UNION ALL
SELECT {{day_of(k.sync_datetime)}}, 'removed', i.name, k.model_id, (SELECT COUNT(*) FROM {{rows(:instances)}})
FROM main.models k
JOIN main.instances i ON i.id = k.instance_id AND i.is_deleted = 0
WHERE k.is_deleted = 1
  AND k.instance_id IN {{list(:instances)}}
  AND EXISTS (
    SELECT 1
    FROM main.message m
    WHERE m.role = 'assistant' AND m.instance_id = k.instance_id AND m.model_id = k.model_id
  )
UNION ALL
SELECT y.day, 'holiday', STRING_AGG(i.name, ', ' ORDER BY i.name), y.name, (SELECT COUNT(*) FROM {{rows(:instances)}})
FROM main.holidays y
LEFT JOIN main.instances i ON i.id = y.instance_id
WHERE y.is_deleted = 0 AND (y.instance_id = 0 OR y.instance_id IN {{list(:instances)}})
GROUP BY y.day, y.name
ORDER BY 1, 2, 3, 4
