-- The last 7 whole days against the 28 days before them: as many of each weekday. Means per day; no percentage where the
-- base week is below 10, no base where the mirror does not know it.
WITH {{habit}},
span AS (
  -- The day of the last sync was not over.
  SELECT MIN(:to_day, :as_of_day - 1) AS last_day
),
newcomer AS MATERIALIZED (
  SELECT user_id, MIN(day) AS first_day FROM habit GROUP BY user_id
),
counted AS (
  SELECT 1 AS rank, 'Active users' AS measure, h.day, 1 AS amount FROM habit h
  UNION ALL
  SELECT 2, 'Turns', h.day, h.turns FROM habit h
  UNION ALL
  SELECT 3, 'New users', n.first_day, 1 FROM newcomer n
),
summed AS (
  SELECT
    c.rank,
    c.measure,
    COALESCE(SUM(c.amount) FILTER (WHERE c.day > s.last_day - 7), 0) / 7.0 AS mean,
    COALESCE(SUM(c.amount) FILTER (WHERE c.day <= s.last_day - 7), 0) / 28.0 AS base,
    MIN(s.last_day) AS last_day
  FROM counted c
  JOIN span s ON c.day BETWEEN s.last_day - 34 AND s.last_day
  GROUP BY c.rank, c.measure
),
known AS (
  SELECT MIN(day) AS first_day FROM habit
)
SELECT
  x.rank,
  x.measure,
  x.mean,
  CASE WHEN k.first_day <= x.last_day - 34 THEN x.base END AS base,
  CASE WHEN k.first_day <= x.last_day - 34 AND x.base * 7 >= 10 THEN x.mean / x.base - 1 END AS growth
FROM summed x
CROSS JOIN known k
ORDER BY x.rank
