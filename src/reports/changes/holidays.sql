-- Holidays of each instance, also of the spans before.
WITH {{spans}}
SELECT r.instance_id, y.day, y.name
FROM reach r
JOIN main.holidays y ON y.instance_id IN (0, r.instance_id)
WHERE y.is_deleted = 0
ORDER BY y.day, r.instance_id, y.name
