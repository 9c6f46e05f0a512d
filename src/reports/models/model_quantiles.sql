-- Values of answers by model at certain ranks (nearest rank). Values from 1,000 on are rounded down to three digits before
-- they are counted: to sort every answer would take three times as long. The table is read from end to end.
WITH valued AS (
  SELECT COALESCE(m.model_id, '') AS model_id, {{value}} AS value
  FROM main.message m NOT INDEXED
  WHERE m.role = 'assistant' AND m.is_copy = 0 AND {{value}} IS NOT NULL AND {{in_period(m)}}
),
rounded AS MATERIALIZED (
  SELECT
    model_id,
    CASE
      WHEN value < 1000 THEN value
      WHEN value < 10000 THEN value / 10 * 10
      WHEN value < 100000 THEN value / 100 * 100
      ELSE value / 1000 * 1000
    END AS value,
    COUNT(*) AS answers
  FROM valued
  GROUP BY 1, 2
),
placed AS (
  SELECT
    model_id,
    value,
    SUM(answers) OVER (PARTITION BY model_id ORDER BY value) AS up_to,
    SUM(answers) OVER (PARTITION BY model_id) AS answers
  FROM rounded
)
SELECT
  model_id,
  MAX(answers) AS answers,
  MIN(value) FILTER (WHERE 2 * up_to >= answers) AS median,
  MIN(value) FILTER (WHERE 10 * up_to >= 9 * answers) AS p90,
  MIN(value) FILTER (WHERE 20 * up_to >= 19 * answers) AS p95
FROM placed
GROUP BY model_id
