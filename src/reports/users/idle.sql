-- Accounts that are not used: never, or not for 30 days. Accounts get 14 days to begin. The longest unused first.
WITH {{habit}},
{{account}},
idle AS (
  SELECT a.user_id, a.created_day, a.last_active_at, MAX(h.day) AS last_day
  FROM account a
  LEFT JOIN habit h ON h.user_id = a.user_id
  GROUP BY a.user_id, a.created_day, a.last_active_at
  HAVING CASE WHEN MAX(h.day) IS NULL THEN COALESCE(a.created_day, 0) <= :to_day - 14 ELSE MAX(h.day) <= :to_day - 30 END
)
SELECT
  ROW_NUMBER() OVER (ORDER BY COALESCE(d.last_day, d.created_day, 0), d.user_id) AS rank,
  d.user_id,
  u.instance_id,
  {{person}} AS user,
  u.email,
  {{instance_name}} AS instance,
  u.role,
  CASE
    WHEN d.last_day IS NULL AND d.last_active_at IS NULL THEN 'Never seen'
    WHEN d.last_day IS NULL THEN 'Seen, no turn'
    WHEN d.last_day > :to_day - 60 THEN 'Dormant 30 days'
    WHEN d.last_day > :to_day - 90 THEN 'Dormant 60 days'
    ELSE 'Dormant 90 days'
  END AS state,
  {{date(d.created_day)}} AS created_on,
  d.last_active_at,
  {{date(d.last_day)}} AS last_turn_on,
  :to_day - d.last_day AS days_since
FROM idle d
JOIN main.users u ON u.id = d.user_id
JOIN main.instances i ON i.id = u.instance_id
