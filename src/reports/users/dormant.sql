-- Accounts that are not used any more, by how long.
WITH {{habit}},
{{account}},
last AS (
  SELECT :to_day - MAX(h.day) AS days_since
  FROM account a
  JOIN habit h ON h.user_id = a.user_id
  GROUP BY a.user_id
)
SELECT
  1 AS is_current,
  COUNT(*) FILTER (WHERE days_since >= 30) AS dormant_30,
  COUNT(*) FILTER (WHERE days_since >= 60) AS dormant_60,
  COUNT(*) FILTER (WHERE days_since >= 90) AS dormant_90
FROM last
