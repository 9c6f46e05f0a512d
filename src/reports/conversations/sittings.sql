-- How people sit down to write.
WITH {{sitting}}
SELECT
  1 AS is_current,
  COUNT(*) AS sittings,
  1.0 * COUNT(*) / COUNT(DISTINCT user_id) AS sittings_per_user,
  {{quantile(0.5, turns, sitting)}} AS median_turns_per_sitting
FROM sitting
HAVING COUNT(*) > 0
