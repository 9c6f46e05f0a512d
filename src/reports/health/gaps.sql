-- Whole days between two syncs that were done, and between the last one and today.
WITH synced AS (
  SELECT r.instance_id, {{day_of(r.started_at)}} AS day
  FROM main.sync_runs r
  JOIN main.instances i ON i.id = r.instance_id AND i.is_deleted = 0
  WHERE r.status IN ('ok', 'partial') AND r.instance_id IN {{list(:instances)}}
  UNION
  SELECT i.id, :today
  FROM main.instances i
  WHERE i.is_deleted = 0 AND i.id IN {{list(:instances)}}
),
follow AS (
  SELECT instance_id, LAG(day) OVER (PARTITION BY instance_id ORDER BY day) + 1 AS first, day - 1 AS last
  FROM synced
)
SELECT
  ROW_NUMBER() OVER (ORDER BY f.last DESC, i.name, i.id) AS rank,
  i.id AS instance_id,
  i.name AS instance,
  f.first AS first,
  {{date(f.first)}} AS first_day,
  {{date(f.last)}} AS last_day,
  f.last - f.first + 1 AS gap_days
FROM follow f
JOIN main.instances i ON i.id = f.instance_id
WHERE f.first <= f.last AND f.last >= :from_day AND f.first <= CASE WHEN :to_day >= :as_of_day THEN :today ELSE :to_day END
