-- The Lorenz curve: the share of all turns that the least active users wrote, at up to a hundred points.
WITH {{habit}},
person AS (
  SELECT user_id, SUM(turns) AS turns FROM habit WHERE day >= :from_day GROUP BY user_id
),
ranked AS MATERIALIZED (
  SELECT
    ROW_NUMBER() OVER (ORDER BY turns, user_id) AS place,
    COUNT(*) OVER () AS users,
    1.0 * SUM(turns) OVER (ORDER BY turns, user_id) / SUM(turns) OVER () AS turn_share
  FROM person
)
SELECT
  'Least active ' || MAX(place) || ' of ' || MAX(users) || ' users' AS label,
  1.0 * MAX(place) / MAX(users) AS user_share,
  MAX(turn_share) AS turn_share
FROM ranked
GROUP BY (place * 100 + users - 1) / users
ORDER BY user_share
