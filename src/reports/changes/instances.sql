-- Each instance with the days that are compared, and what is known of it.
WITH {{spans}}
SELECT
  i.id AS instance_id,
  {{instance_name}} AS instance,
  i.last_sync,
  r.last_day,
  -- Not cut by the period; NULL before the first complete sync, and of an instance that is synced no more.
  CASE WHEN i.is_deleted = 0 THEN {{day_of(i.last_sync)}} - 1 END AS last_whole_day,
  (SELECT MIN(m.day) FROM main.message m WHERE m.instance_id = i.id) AS first_known_day,
  (SELECT COUNT(DISTINCT {{user(u.id)}}) FROM main.users u WHERE u.instance_id = i.id AND u.is_deleted = 0 AND {{people}}) AS accounts,
  :from_day AS from_day,
  :to_day AS to_day,
  CASE WHEN :previous_from_day <= :previous_to_day THEN :from_day - :previous_from_day END AS shift,
  :today AS today
FROM reach r
JOIN main.instances i ON i.id = r.instance_id
ORDER BY i.name, i.id
