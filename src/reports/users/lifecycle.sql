-- Users of each step against the step before: new, returning, resurrecting, and dormant ones who were active before and are
-- not now. What comes before the first step is as many days as it has.
WITH RECURSIVE {{buckets}},
{{bucket_days}},
{{habit}},
step AS MATERIALIZED (
  SELECT bucket, first_day, last_day, ROW_NUMBER() OVER (ORDER BY bucket) AS n
  FROM bucket
  WHERE is_unknown = 0
),
active AS MATERIALIZED (
  SELECT s.n, h.user_id
  FROM habit h
  JOIN day d ON d.day = h.day
  JOIN step s ON s.bucket = d.bucket
  UNION
  SELECT 0, h.user_id
  FROM step s
  JOIN habit h ON h.day BETWEEN 2 * s.first_day - s.last_day - 1 AND s.first_day - 1
  WHERE s.n = 1
),
seen AS MATERIALIZED (
  SELECT
    n,
    user_id,
    LAG(n) OVER (PARTITION BY user_id ORDER BY n) AS last_n,
    LEAD(n) OVER (PARTITION BY user_id ORDER BY n) AS next_n
  FROM active
),
newcomer AS MATERIALIZED (
  SELECT user_id, MIN(day) AS first_day FROM habit GROUP BY user_id
),
present AS (
  SELECT
    s.n,
    COUNT(*) AS active_users,
    COUNT(*) FILTER (WHERE f.first_day >= s.first_day) AS new_users,
    COUNT(*) FILTER (WHERE a.last_n = a.n - 1) AS returning_users
  FROM seen a
  JOIN step s ON s.n = a.n
  JOIN newcomer f ON f.user_id = a.user_id
  GROUP BY s.n
),
gone AS (
  SELECT n + 1 AS n, COUNT(*) AS dormant_users
  FROM seen
  WHERE next_n IS NULL OR next_n > n + 1
  GROUP BY n
)
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  b.is_unknown,
  b.tail,
  CASE b.is_unknown WHEN 0 THEN COALESCE(p.active_users, 0) END AS active_users,
  CASE b.is_unknown WHEN 0 THEN COALESCE(p.new_users, 0) END AS new_users,
  CASE b.is_unknown WHEN 0 THEN COALESCE(p.returning_users, 0) END AS returning_users,
  CASE b.is_unknown WHEN 0 THEN COALESCE(p.active_users - p.new_users - p.returning_users, 0) END AS resurrecting_users,
  CASE b.is_unknown WHEN 0 THEN COALESCE(g.dormant_users, 0) END AS dormant_users
FROM bucket b
LEFT JOIN step s ON s.bucket = b.bucket
LEFT JOIN present p ON p.n = s.n
LEFT JOIN gone g ON g.n = s.n
ORDER BY b.bucket
