-- How long accounts took from their creation to their first turn, in days.
WITH {{habit}},
{{account}},
wait AS MATERIALIZED (
  SELECT MAX(0, MIN(h.day) - a.created_day) AS days
  FROM account a
  JOIN habit h ON h.user_id = a.user_id
  WHERE a.created_day IS NOT NULL
  GROUP BY a.user_id, a.created_day
)
SELECT 1 AS is_current, {{quantile(0.5, days, wait)}} AS days_to_first_turn, (SELECT COUNT(*) FROM wait) AS users_with_first_turn
