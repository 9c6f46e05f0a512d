-- Users by the number of days on which they were active, of the 28 days that end with the period.
WITH RECURSIVE {{habit}},
person AS (
  SELECT user_id, COUNT(*) AS days FROM habit WHERE day > :to_day - 28 GROUP BY user_id
),
counted AS MATERIALIZED (
  SELECT days, COUNT(*) AS users FROM person GROUP BY days
),
number AS (
  SELECT 1 AS days
  UNION ALL
  SELECT days + 1 FROM number WHERE days < 28
)
SELECT n.days, COALESCE(c.users, 0) AS users
FROM number n
LEFT JOIN counted c ON c.days = n.days
ORDER BY n.days
