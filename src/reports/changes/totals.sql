-- What adds up, by instance and span. Users of all instances together have rows of their own (instance_id NULL): accounts of
-- several instances may be one person.
WITH {{spans}},
active AS MATERIALIZED (
  SELECT s.instance_id, s.is_current, {{user(t.user_id)}} AS user_id, {{turns}} AS turns
  FROM main.v_turns t
  CROSS JOIN span s ON s.instance_id = t.instance_id AND t.day BETWEEN s.first_day AND s.last_day
  WHERE {{compared_days(t)}}
  GROUP BY s.instance_id, s.is_current, {{user(t.user_id)}}
),
only_once AS (
  SELECT instance_id, MAX(is_current) AS is_current
  FROM active
  GROUP BY instance_id, user_id
  HAVING COUNT(*) = 1
),
person AS MATERIALIZED (
  SELECT user_id, MAX(is_current) AS is_now, 1 - MIN(is_current) AS was_before
  FROM active
  GROUP BY user_id
),
answered AS MATERIALIZED (
  SELECT
    s.instance_id,
    s.is_current,
    {{generations}} AS generations,
    {{distinct_generations}} AS distinct_generations,
    {{generations_with_usage}} AS generations_with_usage,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens,
    {{errors}} AS errors,
    COUNT(*) FILTER (WHERE g.is_settled = 1) AS settled,
    {{ratings_up}} AS ratings_up,
    {{ratings_down}} AS ratings_down
  FROM main.v_generations g
  CROSS JOIN span s ON s.instance_id = g.instance_id AND g.day BETWEEN s.first_day AND s.last_day
  WHERE {{compared_days(g)}}
  GROUP BY s.instance_id, s.is_current
)
SELECT
  s.instance_id,
  s.is_current,
  (SELECT COUNT(*) FROM active a WHERE a.instance_id = s.instance_id AND a.is_current = s.is_current) AS active_users,
  (SELECT COALESCE(SUM(a.turns), 0) FROM active a WHERE a.instance_id = s.instance_id AND a.is_current = s.is_current) AS turns,
  -- Active in this span and not in the other one.
  (SELECT COUNT(*) FROM only_once o WHERE o.instance_id = s.instance_id AND o.is_current = s.is_current) AS users_of_this_span,
  COALESCE(answered.generations, 0) AS generations,
  COALESCE(answered.distinct_generations, 0) AS distinct_generations,
  COALESCE(answered.generations_with_usage, 0) AS generations_with_usage,
  answered.input_tokens,
  answered.output_tokens,
  COALESCE(answered.errors, 0) AS errors,
  COALESCE(answered.settled, 0) AS settled,
  COALESCE(answered.ratings_up, 0) AS ratings_up,
  COALESCE(answered.ratings_down, 0) AS ratings_down
FROM span s
LEFT JOIN answered ON answered.instance_id = s.instance_id AND answered.is_current = s.is_current
WHERE s.first_day <= s.last_day
UNION ALL
SELECT NULL, 1, COUNT(*), NULL, COUNT(*) FILTER (WHERE was_before = 0), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM person
WHERE is_now = 1
UNION ALL
SELECT NULL, 0, COUNT(*), NULL, COUNT(*) FILTER (WHERE is_now = 0), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM person
WHERE was_before = 1
ORDER BY 1 NULLS FIRST, 2
