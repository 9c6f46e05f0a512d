-- Accounts that are not used, by how long.
WITH {{habit}},
{{account}},
last AS (
  SELECT
    a.user_id,
    a.last_active_at,
    COALESCE(a.created_day, 0) <= :to_day - 14 AS is_due,
    :to_day - MAX(h.day) AS days_since
  FROM account a
  LEFT JOIN habit h ON h.user_id = a.user_id
  GROUP BY a.user_id
)
SELECT
  1 AS is_current,
  COUNT(*) FILTER (WHERE days_since IS NULL AND is_due = 1) AS never_used,
  COUNT(*) FILTER (WHERE days_since IS NULL AND is_due = 1 AND last_active_at IS NOT NULL) AS lurkers,
  COUNT(*) FILTER (WHERE days_since >= 30) AS dormant_30,
  COUNT(*) FILTER (WHERE days_since >= 60) AS dormant_60,
  COUNT(*) FILTER (WHERE days_since >= 90) AS dormant_90
FROM last
