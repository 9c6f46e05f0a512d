-- Cost by day and currency for the month and its forecast; each row also says which days are known to their end.
WITH reach AS MATERIALIZED (
  SELECT
    MIN({{day_of(i.last_sync)}}) - 1 AS last_whole_day,
    MAX((SELECT MIN(m.day) FROM main.message m WHERE m.instance_id = i.id)) AS first_known_day
  FROM main.instances i
  WHERE i.id IN {{list(:instances)}} AND i.is_deleted = 0 AND i.last_sync IS NOT NULL
)
SELECT c.day, c.currency, {{cost}} AS cost, reach.last_whole_day, reach.first_known_day, :as_of_day AS as_of_day
FROM {{costs(recent, day)}} c, reach
WHERE c.cost IS NOT NULL
GROUP BY c.day, c.currency
