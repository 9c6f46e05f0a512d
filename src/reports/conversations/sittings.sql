-- How people sit down to write, in the period (is_current = 1) and in the span that it is compared with (0).
SELECT *
FROM (
  WITH {{sitting}}
  SELECT
    {{is_current}} AS is_current,
    COUNT(*) AS sittings,
    1.0 * COUNT(*) / COUNT(DISTINCT user_id) AS sittings_per_user,
    {{quantile(0.5, turns, sitting)}} AS median_turns_per_sitting
  FROM sitting
) counted
WHERE sittings > 0
