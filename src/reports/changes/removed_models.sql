-- Models that an instance stopped offering in the period.
WITH {{spans}}
SELECT
  k.instance_id,
  k.model_id,
  i.name AS instance
FROM main.models k
JOIN main.instances i ON i.id = k.instance_id AND i.is_deleted = 0
JOIN reach r ON r.instance_id = k.instance_id
WHERE k.is_deleted = 1
  AND SUBSTR(k.sync_datetime, 1, 10) BETWEEN {{date(:from_day)}} AND {{date(r.last_day)}}
ORDER BY k.model_id, k.instance_id
