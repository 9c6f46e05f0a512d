-- Whose numbers changed most: the first three users and models up and down, by measure, for each instance and for all
-- together (instance_id NULL). A turn counts for every model that answered it.
WITH {{spans}},
asked AS MATERIALIZED (
  SELECT s.instance_id, s.is_current, {{user(t.user_id)}} AS user_id, {{turns}} AS turns
  FROM main.v_turns t
  CROSS JOIN span s ON s.instance_id = t.instance_id AND t.day BETWEEN s.first_day AND s.last_day
  WHERE {{compared_days(t)}}
  GROUP BY s.instance_id, s.is_current, {{user(t.user_id)}}
),
answered AS MATERIALIZED (
  SELECT
    s.instance_id,
    s.is_current,
    {{user(g.user_id)}} AS user_id,
    COALESCE(g.model_id, '') AS model_id,
    COUNT(DISTINCT g.turn_id) AS turns,
    {{generations}} AS generations,
    COALESCE({{input_tokens}}, 0) + COALESCE({{output_tokens}}, 0) AS tokens,
    {{distinct_generations}} - {{generations_with_usage}} AS without_usage,
    {{errors}} AS errors,
    {{ratings_up}} AS ratings_up,
    {{ratings_down}} AS ratings_down
  FROM main.v_generations g
  CROSS JOIN span s ON s.instance_id = g.instance_id AND g.day BETWEEN s.first_day AND s.last_day
  WHERE {{compared_days(g)}}
  GROUP BY s.instance_id, s.is_current, {{user(g.user_id)}}, COALESCE(g.model_id, '')
),
of_both AS (
  SELECT 'user' AS dimension, user_id, CAST(NULL AS TEXT) AS model_id, instance_id, is_current, generations, tokens, without_usage, errors, ratings_up, ratings_down
  FROM answered
  UNION ALL
  SELECT 'model', NULL, model_id, instance_id, is_current, generations, tokens, without_usage, errors, ratings_up, ratings_down
  FROM answered
),
counted AS (
  SELECT
    'turns' AS measure, 'user' AS dimension, user_id, CAST(NULL AS TEXT) AS model_id, instance_id, is_current, turns AS number
  FROM asked
  UNION ALL
  SELECT 'turns', 'model', NULL, model_id, instance_id, is_current, turns FROM answered
  UNION ALL
  SELECT 'active_users', 'model', NULL, model_id, instance_id, is_current, 1 FROM answered
  UNION ALL
  SELECT
    k.measure,
    o.dimension,
    o.user_id,
    o.model_id,
    o.instance_id,
    o.is_current,
    CASE k.measure
      WHEN 'generations' THEN o.generations
      WHEN 'tokens' THEN o.tokens
      WHEN 'without_usage' THEN o.without_usage
      WHEN 'errors' THEN o.errors
      WHEN 'ratings_up' THEN o.ratings_up
      ELSE o.ratings_down
    END
  FROM of_both o
  CROSS JOIN (
    SELECT 'generations' AS measure
    UNION ALL SELECT 'tokens'
    UNION ALL SELECT 'without_usage'
    UNION ALL SELECT 'errors'
    UNION ALL SELECT 'ratings_up'
    UNION ALL SELECT 'ratings_down'
  ) k
),
changed AS MATERIALIZED (
  SELECT
    measure,
    dimension,
    user_id,
    model_id,
    instance_id,
    SUM(CASE is_current WHEN 1 THEN number ELSE 0 END) AS now,
    SUM(CASE is_current WHEN 0 THEN number ELSE 0 END) AS before
  FROM counted
  GROUP BY measure, dimension, user_id, model_id, instance_id
),
scoped AS (
  SELECT measure, dimension, user_id, model_id, instance_id, now, before FROM changed
  UNION ALL
  SELECT measure, dimension, user_id, model_id, NULL, SUM(now), SUM(before)
  FROM changed
  WHERE measure <> 'active_users'
  GROUP BY measure, dimension, user_id, model_id
  UNION ALL
  -- Accounts of several instances may be one person.
  SELECT 'active_users', 'model', NULL, model_id, NULL, SUM(is_current), SUM(1 - is_current)
  FROM (SELECT DISTINCT model_id, user_id, is_current FROM answered) served
  GROUP BY model_id
),
ranked AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY measure, dimension, instance_id ORDER BY now - before DESC, user_id, model_id) AS rise,
    ROW_NUMBER() OVER (PARTITION BY measure, dimension, instance_id ORDER BY now - before, user_id, model_id) AS fall,
    COUNT(*) OVER (PARTITION BY measure, dimension, instance_id) AS members
  FROM scoped
)
SELECT
  r.measure,
  r.dimension,
  r.instance_id,
  r.user_id,
  r.model_id,
  CASE
    WHEN r.dimension = 'user' THEN (SELECT {{person}} FROM main.users u WHERE u.id = r.user_id)
    WHEN r.model_id = '' THEN 'Unknown model'
    ELSE r.model_id
  END AS name,
  r.now,
  r.before,
  r.members
FROM ranked r
WHERE (r.rise <= 3 AND r.now > r.before) OR (r.fall <= 3 AND r.now < r.before)
ORDER BY r.measure, r.dimension, r.instance_id NULLS FIRST, r.rise
