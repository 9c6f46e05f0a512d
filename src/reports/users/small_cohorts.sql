-- What the retention leaves out: weeks with fewer than five users whose first turn ever lies in them.
WITH {{habit}},
{{newcomer}},
small AS (
  SELECT n.week, COUNT(*) AS size
  FROM newcomer n
  JOIN ends e ON n.week BETWEEN e.first_week AND e.last_week
  GROUP BY n.week
  HAVING COUNT(*) < 5
)
SELECT COUNT(*) AS small_cohorts, COALESCE(SUM(size), 0) AS small_cohort_users
FROM small
