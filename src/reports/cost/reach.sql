-- Which days of each instance are known to their end.
SELECT
  i.id AS instance_id,
  i.name AS instance,
  {{day_of(i.last_sync)}} - 1 AS last_whole_day,
  (SELECT MIN(m.day) FROM main.message m WHERE m.instance_id = i.id) AS first_known_day,
  :as_of_day AS as_of_day
FROM main.instances i
WHERE i.id IN {{list(:instances)}} AND i.is_deleted = 0 AND i.last_sync IS NOT NULL
