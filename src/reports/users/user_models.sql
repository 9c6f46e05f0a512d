-- Who has which models answer: turns with at least one answer by the model, by account. Accounts, not names: two people of
-- one name stay two, and merged accounts are one user.
WITH answered AS MATERIALIZED (
  SELECT
    {{user(g.user_id)}} AS user_id,
    COALESCE(g.model_id, '') AS model_id,
    {{generations}} AS generations,
    {{answered_turns}} AS answered_turns
  FROM main.v_generations g
  WHERE {{in_period(g)}}
  GROUP BY {{user(g.user_id)}}, COALESCE(g.model_id, '')
),
ranked AS MATERIALIZED (
  SELECT
    a.*,
    SUM(a.answered_turns) OVER (PARTITION BY a.user_id) AS user_turns,
    SUM(a.answered_turns) OVER (PARTITION BY a.model_id) AS model_turns
  FROM answered a
),
placed AS MATERIALIZED (
  SELECT
    r.*,
    DENSE_RANK() OVER (ORDER BY r.user_turns DESC, r.user_id) AS user_rank,
    DENSE_RANK() OVER (ORDER BY r.model_turns DESC, r.model_id) AS model_rank
  FROM ranked r
),
person AS MATERIALIZED (
  SELECT
    u.id AS user_id,
    u.instance_id,
    {{person}} AS user,
    {{instance_name}} AS instance,
    {{person_label}} AS label
  FROM main.users u
  JOIN main.instances i ON i.id = u.instance_id
  WHERE u.id IN (SELECT user_id FROM answered)
)
SELECT
  ROW_NUMBER() OVER (ORDER BY p.user_rank, p.answered_turns DESC, p.model_id) AS rank,
  p.user_id,
  n.instance_id,
  n.user,
  n.label,
  n.instance,
  p.model_id,
  CASE p.model_id WHEN '' THEN 'Unknown model' ELSE p.model_id END AS model,
  p.answered_turns,
  p.generations,
  1.0 * p.answered_turns / NULLIF(p.user_turns, 0) AS turn_share,
  p.user_rank,
  p.model_rank
FROM placed p
JOIN person n ON n.user_id = p.user_id
