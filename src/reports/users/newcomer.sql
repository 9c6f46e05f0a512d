-- The weeks (Monday to Sunday) that retention is told of, and in which of all weeks everybody began.
ends AS (
  SELECT
    -- The last week of which the period knows all days; the day of the last sync was not over.
    (MIN(:to_day, :as_of_day - 1) + 4) / 7 - 1 AS last_week,
    MAX(MIN((:from_day + 3) / 7, (:to_day + 3) / 7 - 11), (:to_day + 3) / 7 - 25) AS first_week
),
newcomer AS MATERIALIZED (
  SELECT user_id, (MIN(day) + 3) / 7 AS week FROM habit GROUP BY user_id
)
