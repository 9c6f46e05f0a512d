-- Turns by day and instance, with the eight weeks before: only for a period of up to five weeks.
WITH {{spans}}
SELECT r.instance_id, t.day, {{turns}} AS turns
FROM reach r
CROSS JOIN main.v_turns t
WHERE :to_day - :from_day < 35
  AND t.day BETWEEN :from_day - 56 AND r.last_day
  AND +t.instance_id = r.instance_id
  AND {{in_scope(t)}}
GROUP BY r.instance_id, t.day
ORDER BY r.instance_id, t.day
