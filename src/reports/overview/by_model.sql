-- Models by generations, under the model's own id: what users picked, whichever base model is behind it.
WITH usage AS (
  SELECT
    COALESCE(g.model_id, '') AS model_id,
    {{generations}} AS generations,
    COUNT(DISTINCT {{user(g.user_id)}}) AS users,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens,
    {{usage_coverage}} AS usage_coverage,
    {{ratings}} AS ratings,
    {{thumbs_up_share}} AS thumbs_up_share,
    {{error_rate}} AS error_rate
  FROM main.v_generations g
  WHERE {{in_period(g)}}
  GROUP BY COALESCE(g.model_id, '')
)
SELECT
  ROW_NUMBER() OVER (ORDER BY usage.generations DESC, usage.model_id) AS rank,
  CASE usage.model_id WHEN '' THEN 'Unknown model' ELSE usage.model_id END AS model,
  (
    SELECT MIN(k.name)
    FROM main.models k
    WHERE k.model_id = usage.model_id AND k.instance_id IN {{list(:instances)}}
  ) AS name,
  usage.*,
  1.0 * usage.generations / SUM(usage.generations) OVER () AS generation_share,
  1.0 * (COALESCE(usage.input_tokens, 0) + COALESCE(usage.output_tokens, 0))
    / NULLIF(SUM(COALESCE(usage.input_tokens, 0) + COALESCE(usage.output_tokens, 0)) OVER (), 0)
    * CASE WHEN COALESCE(usage.input_tokens, usage.output_tokens) IS NOT NULL THEN 1 END AS token_share
FROM usage
