-- How far accounts have come. "Ever reached" up to the first 14 days; habitual and power as they are now.
WITH {{habit}},
{{account}},
{{segment}},
newcomer AS MATERIALIZED (
  SELECT user_id, MIN(day) AS first_day FROM habit GROUP BY user_id
),
activated AS MATERIALIZED (
  SELECT h.user_id
  FROM habit h
  JOIN newcomer n ON n.user_id = h.user_id
  WHERE h.day BETWEEN n.first_day AND n.first_day + 13
  GROUP BY h.user_id
  HAVING COUNT(*) >= 3
),
reached AS MATERIALIZED (
  SELECT
    a.user_id,
    a.last_active_at IS NOT NULL OR n.first_day IS NOT NULL AS is_seen,
    n.first_day IS NOT NULL AS has_turn,
    a.user_id IN (SELECT user_id FROM activated) AS is_activated,
    s.segment
  FROM account a
  JOIN segment s ON s.user_id = a.user_id
  LEFT JOIN newcomer n ON n.user_id = a.user_id
),
counted AS (
  SELECT 1 AS rank, 'Registered' AS step, COUNT(*) AS accounts FROM reached
  UNION ALL SELECT 2, 'Seen', COUNT(*) FROM reached WHERE is_seen
  UNION ALL SELECT 3, 'First turn', COUNT(*) FROM reached WHERE has_turn
  UNION ALL SELECT 4, 'Activated', COUNT(*) FROM reached WHERE is_activated
  UNION ALL SELECT 5, 'Habitual now', COUNT(*) FROM reached WHERE segment IN ('Habitual', 'Power')
  UNION ALL SELECT 6, 'Power now', COUNT(*) FROM reached WHERE segment = 'Power'
)
SELECT
  rank,
  step,
  accounts,
  1.0 * accounts / NULLIF(FIRST_VALUE(accounts) OVER (ORDER BY rank), 0) AS account_share
FROM counted
ORDER BY rank
