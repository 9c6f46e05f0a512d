-- How evenly the turns of the period are spread over its active users.
WITH {{habit}},
person AS (
  SELECT user_id, SUM(turns) AS turns FROM habit WHERE day >= :from_day GROUP BY user_id
),
ranked AS MATERIALIZED (
  SELECT
    turns,
    ROW_NUMBER() OVER (ORDER BY turns DESC, user_id) AS place,
    COUNT(*) OVER () AS users,
    SUM(turns) OVER () AS all_turns,
    SUM(turns) OVER (ORDER BY turns DESC, user_id) AS turns_so_far
  FROM person
)
SELECT
  1 AS is_current,
  COUNT(*) AS active_users,
  -- A tenth of the users, rounded up; there is none of a few.
  CASE WHEN COUNT(*) >= 10 THEN
    1.0 * SUM(turns) FILTER (WHERE place <= (users + 9) / 10) / MAX(all_turns)
  END AS top_tenth_share,
  CASE WHEN COUNT(*) >= 10 THEN
    1.0 * MIN(place) FILTER (WHERE turns_so_far >= 0.8 * all_turns) / MAX(users)
  END AS users_for_80,
  CASE WHEN COUNT(*) >= 20 THEN 1.0 * SUM((users + 1 - 2 * place) * turns) / (MAX(users) * MAX(all_turns)) END AS gini
FROM ranked
HAVING COUNT(*) > 0
