-- Turns by day and instance, with the eight weeks before: only for a period of up to five weeks.
WITH {{spans}}
SELECT r.instance_id, t.day, {{turns}} AS turns
FROM main.v_turns t
CROSS JOIN reach r ON r.instance_id = t.instance_id AND t.day <= r.last_day
WHERE :to_day - :from_day < 35 AND t.day BETWEEN :from_day - 56 AND :to_day AND {{in_scope(t)}}
GROUP BY r.instance_id, t.day
ORDER BY r.instance_id, t.day
