-- Retention: of the users whose first turn ever lies in a week (Monday to Sunday), the share active in each later one. The
-- 12 to 26 weeks that end with the period. Weeks that are not over are NULL; weeks with fewer than five users are left out.
WITH RECURSIVE {{habit}},
{{newcomer}},
active AS MATERIALIZED (
  SELECT DISTINCT user_id, (day + 3) / 7 AS week FROM habit
),
cohort AS MATERIALIZED (
  SELECT n.week, COUNT(*) AS size
  FROM newcomer n
  JOIN ends e ON n.week BETWEEN e.first_week AND e.last_week
  GROUP BY n.week
  HAVING COUNT(*) >= 5
),
counted AS MATERIALIZED (
  SELECT n.week, a.week - n.week AS step, COUNT(*) AS users
  FROM newcomer n
  JOIN active a ON a.user_id = n.user_id
  GROUP BY n.week, a.week - n.week
),
step AS (
  SELECT 0 AS step
  UNION ALL
  SELECT step + 1 FROM step, ends WHERE step < last_week - first_week
)
SELECT
  {{date((c.week * 7 - 3))}} AS cohort,
  'Week of ' || {{date((c.week * 7 - 3))}} AS cohort_label,
  s.step,
  c.size,
  CASE WHEN c.week + s.step <= e.last_week THEN COALESCE(a.users, 0) END AS active_users,
  CASE WHEN c.week + s.step <= e.last_week THEN 1.0 * COALESCE(a.users, 0) / c.size END AS retention
FROM cohort c
CROSS JOIN step s
CROSS JOIN ends e
LEFT JOIN counted a ON a.week = c.week AND a.step = s.step
ORDER BY c.week, s.step
