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
-- Counted in one go: SQLite reads a table above anew for each of its mentions, and refuses statements that become too deep by it.
total AS (
  SELECT
    COUNT(*) AS registered,
    COUNT(*) FILTER (WHERE is_seen) AS seen,
    COUNT(*) FILTER (WHERE has_turn) AS with_turn,
    COUNT(*) FILTER (WHERE is_activated) AS activated,
    COUNT(*) FILTER (WHERE segment IN ('Habitual', 'Power')) AS habitual,
    COUNT(*) FILTER (WHERE segment = 'Power') AS power
  FROM reached
),
step AS (
  SELECT 1 AS rank, 'Registered' AS step
  UNION ALL SELECT 2, 'Seen'
  UNION ALL SELECT 3, 'First turn'
  UNION ALL SELECT 4, 'Activated'
  UNION ALL SELECT 5, 'Habitual now'
  UNION ALL SELECT 6, 'Power now'
),
counted AS (
  SELECT
    p.rank,
    p.step,
    CASE p.rank
      WHEN 1 THEN t.registered
      WHEN 2 THEN t.seen
      WHEN 3 THEN t.with_turn
      WHEN 4 THEN t.activated
      WHEN 5 THEN t.habitual
      ELSE t.power
    END AS accounts
  FROM total t
  CROSS JOIN step p
)
SELECT
  rank,
  step,
  accounts,
  1.0 * accounts / NULLIF(FIRST_VALUE(accounts) OVER (ORDER BY rank), 0) AS account_share
FROM counted
ORDER BY rank
