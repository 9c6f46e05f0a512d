-- Models by what they are made of: presets count at their base model. Numbers of models and users add up to those of base
-- models; a user counts once.
WITH made_of AS MATERIALIZED (
  SELECT instance_id, model_id, base_model_id
  FROM (
    SELECT
      b.instance_id,
      b.model_id,
      b.base_model_id,
      ROW_NUMBER() OVER (PARTITION BY b.instance_id, b.model_id ORDER BY b.depth DESC) AS place
    FROM main.v_model_bases b
  ) chain
  WHERE place = 1
),
used AS MATERIALIZED (
  SELECT
    g.instance_id,
    g.model_id,
    {{user(g.user_id)}} AS user_id,
    {{generations}} AS generations,
    {{distinct_generations}} AS distinct_generations,
    {{generations_with_usage}} AS generations_with_usage,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens
  FROM main.v_generations g
  WHERE {{in_period(g)}}
  GROUP BY g.instance_id, g.model_id, {{user(g.user_id)}}
),
counted AS (
  SELECT
    COALESCE(m.base_model_id, u.model_id, '') AS base_id,
    NULLIF(COUNT(DISTINCT u.model_id), 0) AS models_used,
    SUM(u.generations) AS generations,
    COUNT(DISTINCT u.user_id) AS answered_users,
    SUM(u.input_tokens) AS input_tokens,
    SUM(u.output_tokens) AS output_tokens,
    1.0 * SUM(u.generations_with_usage) / NULLIF(SUM(u.distinct_generations), 0) AS usage_coverage
  FROM used u
  LEFT JOIN made_of m ON m.instance_id = u.instance_id AND m.model_id = u.model_id
  GROUP BY 1
)
SELECT
  ROW_NUMBER() OVER (ORDER BY generations DESC, base_id) AS rank,
  CASE base_id WHEN '' THEN 'Unknown model' ELSE base_id END AS base_model,
  counted.*,
  1.0 * generations / SUM(generations) OVER () AS generation_share,
  1.0 * (COALESCE(input_tokens, 0) + COALESCE(output_tokens, 0))
    / NULLIF(SUM(COALESCE(input_tokens, 0) + COALESCE(output_tokens, 0)) OVER (), 0)
    * CASE WHEN COALESCE(input_tokens, output_tokens) IS NOT NULL THEN 1 END AS token_share
FROM counted
