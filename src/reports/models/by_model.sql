-- Models by generations, under the model's own id: what users picked, whichever model is behind it.
WITH used AS (
  SELECT
    COALESCE(g.model_id, '') AS model_id,
    {{generations}} AS generations,
    {{answered_users}} AS answered_users,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens,
    {{usage_coverage}} AS usage_coverage
  FROM main.v_generations g
  WHERE {{in_period(g)}}
  GROUP BY COALESCE(g.model_id, '')
),
chosen AS (
  SELECT COALESCE(g.model_id, '') AS model_id, {{chosen_generations}} AS chosen_generations
  FROM main.v_generations g
  WHERE {{in_period(g)}}
  GROUP BY COALESCE(g.model_id, '')
)
SELECT
  ROW_NUMBER() OVER (ORDER BY used.generations DESC, used.model_id) AS rank,
  CASE used.model_id WHEN '' THEN 'Unknown model' ELSE used.model_id END AS model,
  (
    SELECT MIN(k.name)
    FROM main.models k
    WHERE k.model_id = used.model_id AND k.instance_id IN {{list(:instances)}}
  ) AS name,
  used.*,
  chosen.chosen_generations,
  1.0 * used.generations / SUM(used.generations) OVER () AS generation_share,
  1.0 * chosen.chosen_generations / NULLIF(SUM(chosen.chosen_generations) OVER (), 0) AS chosen_share,
  1.0 * (COALESCE(used.input_tokens, 0) + COALESCE(used.output_tokens, 0))
    / NULLIF(SUM(COALESCE(used.input_tokens, 0) + COALESCE(used.output_tokens, 0)) OVER (), 0)
    * CASE WHEN COALESCE(used.input_tokens, used.output_tokens) IS NOT NULL THEN 1 END AS token_share
FROM used
JOIN chosen ON chosen.model_id = used.model_id
