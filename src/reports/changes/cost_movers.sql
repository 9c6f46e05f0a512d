-- Whose cost changed most, by currency: the first three users and models up and down, for each instance and for all together
-- (instance_id NULL).
WITH {{spans}},
spent AS MATERIALIZED (
  SELECT c.currency, c.instance_id, c.user_id, c.model_id, c.day, c.cost
  FROM {{costs(in_period, user_id, day)}} c
  WHERE c.cost IS NOT NULL
  UNION ALL
  SELECT c.currency, c.instance_id, c.user_id, c.model_id, c.day, c.cost
  FROM {{costs(in_previous_period, user_id, day)}} c
  WHERE c.cost IS NOT NULL
),
counted AS MATERIALIZED (
  SELECT
    c.currency,
    s.instance_id,
    c.user_id,
    COALESCE(c.model_id, '') AS model_id,
    SUM(CASE s.is_current WHEN 1 THEN c.cost ELSE 0 END) AS now,
    SUM(CASE s.is_current WHEN 0 THEN c.cost ELSE 0 END) AS before
  FROM spent c
  CROSS JOIN span s ON s.instance_id = c.instance_id AND c.day BETWEEN s.first_day AND s.last_day
  GROUP BY c.currency, s.instance_id, c.user_id, COALESCE(c.model_id, '')
),
of_both AS (
  SELECT currency, 'user' AS dimension, user_id, CAST(NULL AS TEXT) AS model_id, instance_id, now, before FROM counted
  UNION ALL
  SELECT currency, 'model', NULL, model_id, instance_id, now, before FROM counted
),
scoped AS (
  SELECT currency, dimension, user_id, model_id, instance_id, SUM(now) AS now, SUM(before) AS before
  FROM of_both
  GROUP BY currency, dimension, user_id, model_id, instance_id
  UNION ALL
  SELECT currency, dimension, user_id, model_id, NULL, SUM(now), SUM(before)
  FROM of_both
  GROUP BY currency, dimension, user_id, model_id
),
ranked AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY currency, dimension, instance_id ORDER BY now - before DESC, user_id NULLS FIRST, model_id) AS rise,
    ROW_NUMBER() OVER (PARTITION BY currency, dimension, instance_id ORDER BY now - before, user_id NULLS FIRST, model_id) AS fall,
    COUNT(*) OVER (PARTITION BY currency, dimension, instance_id) AS members
  FROM scoped
)
SELECT
  'cost ' || r.currency AS measure,
  r.dimension,
  r.instance_id,
  CASE
    WHEN r.dimension = 'user' AND r.user_id IS NULL THEN 'Excluded accounts'
    WHEN r.dimension = 'user' THEN (SELECT {{person}} FROM main.users u WHERE u.id = r.user_id)
    WHEN r.model_id = '' THEN 'Unknown model'
    ELSE r.model_id
  END AS name,
  r.now,
  r.before,
  r.members
FROM ranked r
WHERE (r.rise <= 3 AND r.now > r.before) OR (r.fall <= 3 AND r.now < r.before)
ORDER BY r.currency, r.dimension, r.instance_id NULLS FIRST, r.rise
