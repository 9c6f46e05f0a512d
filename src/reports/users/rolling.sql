-- Users active in the 7 and 28 days that end with each step, and on a mean day of it. Each active day of a user counts from
-- that day until the window has passed or he is active again: nobody counts twice, and sums of comings and goings are levels.
WITH RECURSIVE {{buckets}},
{{bucket_days}},
{{habit}},
spell AS MATERIALIZED (
  SELECT day, COALESCE(LEAD(day) OVER (PARTITION BY user_id ORDER BY day), day + 28) AS next_day
  FROM habit
),
change AS (
  SELECT day, COUNT(*) AS weekly, COUNT(*) AS monthly FROM spell GROUP BY day
  UNION ALL
  SELECT MIN(day + 7, next_day), -COUNT(*), 0 FROM spell GROUP BY MIN(day + 7, next_day)
  UNION ALL
  SELECT MIN(day + 28, next_day), 0, -COUNT(*) FROM spell GROUP BY MIN(day + 28, next_day)
),
level AS MATERIALIZED (
  SELECT day, SUM(SUM(weekly)) OVER (ORDER BY day) AS wau, SUM(SUM(monthly)) OVER (ORDER BY day) AS mau
  FROM change
  GROUP BY day
),
daily AS MATERIALIZED (
  SELECT d.bucket, COUNT(*) AS user_days
  FROM habit h
  JOIN day d ON d.day = h.day
  GROUP BY d.bucket
)
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  b.is_unknown,
  b.tail,
  CASE b.is_unknown WHEN 0 THEN 1.0 * COALESCE(d.user_days, 0) / (b.last_day - b.first_day + 1) END AS dau,
  CASE b.is_unknown WHEN 0 THEN COALESCE(l.wau, 0) END AS wau,
  CASE b.is_unknown WHEN 0 THEN COALESCE(l.mau, 0) END AS mau
FROM bucket b
LEFT JOIN daily d ON d.bucket = b.bucket
LEFT JOIN level l ON l.day = (SELECT MAX(e.day) FROM level e WHERE e.day <= b.last_day)
ORDER BY b.bucket
