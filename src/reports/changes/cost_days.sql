-- Cost by day, instance and currency (NULL: unknown): of both spans, the eight weeks before, and the month of the last sync
-- with four weeks before it, for the forecast.
WITH first_day AS MATERIALIZED (
  SELECT MIN(day) AS day
  FROM (
    SELECT :from_day - 56 AS day
    UNION ALL
    SELECT :previous_from_day WHERE :previous_from_day <= :previous_to_day
    UNION ALL
    SELECT :as_of_day - CAST(SUBSTR({{date(:as_of_day)}}, 9, 2) AS INTEGER) + 1 - 28
  )
)
SELECT
  c.instance_id,
  c.day,
  c.currency,
  SUM(c.cost) AS cost,
  SUM(c.generations) AS generations,
  SUM(c.known_generations) AS known_generations
FROM main.v_cost c
WHERE c.day BETWEEN (SELECT f.day FROM first_day f) AND :as_of_day AND {{in_scope(c)}}
GROUP BY c.instance_id, c.day, c.currency
ORDER BY c.instance_id, c.day, c.currency
