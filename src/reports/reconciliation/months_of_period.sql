-- Months (UTC) that the period touches, as wholes; one that reaches the last sync goes on to today: bills come by themselves.
span AS MATERIALIZED (
  SELECT
    first_month,
    last_month,
    unixepoch(first_month || '-01') / 86400 AS first_day,
    unixepoch(last_month || '-01', '+1 month') / 86400 - 1 AS last_day
  FROM (
    SELECT substr({{date(:from_day)}}, 1, 7) AS first_month, substr({{date(asked.to_day)}}, 1, 7) AS last_month
    FROM (SELECT CASE WHEN :to_day >= :as_of_day THEN :today ELSE :to_day END AS to_day) asked
  ) named
),
totals AS MATERIALIZED (
  SELECT t.scope_id, t.cost_type, t.month, t.currency, t.control_e8
  FROM main.cost_month_totals t
  WHERE t.is_deleted = 0 AND t.month BETWEEN (SELECT first_month FROM span) AND (SELECT last_month FROM span)
)
