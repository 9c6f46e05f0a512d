-- Headline numbers of the period (is_current = 1) and of the span that it is compared with (0): who was active, who came,
-- stayed and went, and habits in the 28 days that end with it.
WITH {{habit}},
{{account}},
span AS (
  SELECT 1 AS is_current, :from_day AS from_day, :to_day AS to_day
  UNION ALL
  SELECT 0, :previous_from_day, :previous_to_day
  WHERE :previous_from_day <= :previous_to_day
),
person AS MATERIALIZED (
  SELECT
    s.is_current,
    h.user_id,
    CASE WHEN MIN(h.day) >= s.from_day THEN 1 ELSE 0 END AS is_new,
    MAX(CASE WHEN h.day BETWEEN s.from_day AND s.to_day THEN 1 ELSE 0 END) AS is_active,
    MAX(CASE WHEN h.day BETWEEN 2 * s.from_day - s.to_day - 1 AND s.from_day - 1 THEN 1 ELSE 0 END) AS was_active,
    COUNT(*) FILTER (WHERE h.day > s.to_day - 28) AS active_days,
    COUNT(*) FILTER (WHERE h.day > s.to_day - 28 AND {{is_workday(h.day)}}) AS active_workdays,
    COUNT(DISTINCT (s.to_day - h.day) / 7) FILTER (WHERE h.day > s.to_day - 28) AS active_weeks
  FROM span s
  JOIN habit h ON h.day <= s.to_day
  GROUP BY s.is_current, s.from_day, s.to_day, h.user_id
),
habits AS (
  SELECT
    p.is_current,
    COUNT(*) FILTER (WHERE p.is_active = 1 AND p.is_new = 1) AS new_users,
    COUNT(*) FILTER (WHERE p.is_active = 1 AND p.was_active = 1) AS returning_users,
    COUNT(*) FILTER (WHERE p.is_active = 1 AND p.was_active = 0 AND p.is_new = 0) AS resurrecting_users,
    COUNT(*) FILTER (WHERE p.is_active = 0 AND p.was_active = 1) AS dormant_users,
    COUNT(*) FILTER (WHERE p.active_days > 0) AS mau,
    SUM(p.active_days) AS user_days,
    SUM(p.active_workdays) AS user_workdays,
    SUM(p.active_weeks) AS user_weeks
  FROM person p
  GROUP BY p.is_current
),
accounts AS (
  SELECT
    s.is_current,
    COUNT(*) AS registered_accounts,
    COUNT(*) FILTER (WHERE p.user_id IS NULL AND COALESCE(a.created_day, 0) <= s.to_day - 14) AS never_used,
    COUNT(*) FILTER (
      WHERE p.user_id IS NULL AND COALESCE(a.created_day, 0) <= s.to_day - 14 AND a.last_active_at IS NOT NULL
    ) AS lurkers,
    100.0 * SUM(MIN(1.0, COALESCE(p.active_days, 0) / 12.0)) / COUNT(*) AS adoption_score
  FROM span s
  JOIN account a ON COALESCE(a.created_day, 0) <= s.to_day
  LEFT JOIN person p ON p.is_current = s.is_current AND p.user_id = a.user_id
  GROUP BY s.is_current
)
SELECT
  s.is_current,
  (SELECT {{active_users}} FROM habit t WHERE t.day BETWEEN s.from_day AND s.to_day) AS active_users,
  COALESCE(h.new_users, 0) AS new_users,
  COALESCE(h.returning_users, 0) AS returning_users,
  COALESCE(h.resurrecting_users, 0) AS resurrecting_users,
  COALESCE(h.dormant_users, 0) AS dormant_users,
  (SELECT {{wau}} FROM habit t WHERE t.day BETWEEN s.to_day - 6 AND s.to_day) AS wau,
  COALESCE(h.mau, 0) AS mau,
  -- A mean workday against a mean of the four weeks.
  CASE WHEN f.first_day <= s.to_day - 27 THEN
    h.user_workdays / (NULLIF({{workdays_up_to(s.to_day)}}, 0) / 4.0) / NULLIF(h.user_weeks, 0)
  END AS stickiness_workdays,
  CASE WHEN f.first_day <= s.to_day - 27 THEN h.user_days / 28.0 / NULLIF(h.mau, 0) END AS stickiness_28,
  COALESCE(a.registered_accounts, 0) AS registered_accounts,
  COALESCE(a.never_used, 0) AS never_used,
  COALESCE(a.lurkers, 0) AS lurkers,
  a.adoption_score
FROM span s
CROSS JOIN (SELECT MIN(day) AS first_day FROM habit) f
LEFT JOIN habits h ON h.is_current = s.is_current
LEFT JOIN accounts a ON a.is_current = s.is_current
WHERE h.is_current IS NOT NULL OR a.is_current IS NOT NULL
ORDER BY s.is_current DESC
