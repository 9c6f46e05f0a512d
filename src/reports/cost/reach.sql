-- Which days of each instance are known to their end, and which are holidays (days, separated by commas).
SELECT
  i.id AS instance_id,
  i.name AS instance,
  {{day_of(i.last_sync)}} - 1 AS last_whole_day,
  (SELECT MIN(m.day) FROM main.message m WHERE m.instance_id = i.id) AS first_known_day,
  :as_of_day AS as_of_day,
  (
    SELECT GROUP_CONCAT(DISTINCT CAST(y.day AS TEXT)) FROM main.holidays y
    WHERE y.instance_id IN (0, i.id) AND y.is_deleted = 0 AND y.day BETWEEN :as_of_day - 62 AND :as_of_day + 31
  ) AS holidays
FROM main.instances i
WHERE i.id IN {{list(:instances)}} AND i.is_deleted = 0 AND i.last_sync IS NOT NULL
ORDER BY i.id
