-- Models in use in the period or the span before, for each instance and for all together (instance_id NULL).
WITH {{spans}},
counted AS MATERIALIZED (
  SELECT
    s.instance_id,
    COALESCE(g.model_id, '') AS model_id,
    {{user(g.user_id)}} AS user_id,
    COUNT(CASE s.is_current WHEN 1 THEN 1 END) AS generations,
    COUNT(CASE s.is_current WHEN 0 THEN 1 END) AS generations_before
  FROM main.v_generations g
  CROSS JOIN span s ON s.instance_id = g.instance_id AND g.day BETWEEN s.first_day AND s.last_day
  WHERE {{compared_days(g)}}
  GROUP BY s.instance_id, COALESCE(g.model_id, ''), {{user(g.user_id)}}
),
scoped AS (
  SELECT
    instance_id,
    model_id,
    SUM(generations) AS generations,
    SUM(generations_before) AS generations_before,
    COUNT(*) FILTER (WHERE generations > 0) AS users
  FROM counted
  GROUP BY instance_id, model_id
  UNION ALL
  SELECT NULL, model_id, SUM(generations), SUM(generations_before), COUNT(DISTINCT CASE WHEN generations > 0 THEN user_id END)
  FROM counted
  GROUP BY model_id
)
SELECT
  c.instance_id,
  c.model_id,
  CASE c.model_id WHEN '' THEN 'Unknown model' ELSE c.model_id END AS model,
  c.generations,
  c.generations_before,
  c.users,
  -- Instance by instance: an index then begins with the first day.
  (
    SELECT MIN((
      SELECT MIN(g.day)
      FROM main.v_generations g
      WHERE g.instance_id = i.id AND g.model_id = c.model_id AND {{in_scope(g)}}
    ))
    FROM main.instances i
    WHERE i.id IN {{list(:instances)}} AND (c.instance_id IS NULL OR i.id = c.instance_id)
  ) AS first_day
FROM scoped c
ORDER BY c.instance_id NULLS FIRST, c.generations DESC, c.generations_before DESC, c.model_id
