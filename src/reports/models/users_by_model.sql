-- Models by the users whom they answered. Pairs of model and user come out of the index; a user counts once in the sum.
WITH pair AS MATERIALIZED (
  SELECT DISTINCT COALESCE(g.model_id, '') AS model_id, {{user(g.user_id)}} AS user_id
  FROM main.v_generations g
  WHERE {{in_period(g)}}
),
counted AS (
  SELECT model_id, COUNT(*) AS answered_users
  FROM pair
  GROUP BY model_id
)
SELECT
  ROW_NUMBER() OVER (ORDER BY answered_users DESC, model_id) AS rank,
  CASE model_id WHEN '' THEN 'Unknown model' ELSE model_id END AS model,
  model_id,
  answered_users,
  1.0 * answered_users / (SELECT COUNT(DISTINCT user_id) FROM pair) AS user_share
FROM counted
