-- What a report can draw on: each instance with its last sync and the days of its messages.
SELECT
  i.id,
  i.name,
  i.version,
  i.last_sync,
  i.last_sync_epoch,
  i.first_sync,
  i.is_deleted,
  (SELECT MIN(m.day) FROM main.message m WHERE m.instance_id = i.id) AS first_day,
  (SELECT MAX(m.day) FROM main.message m WHERE m.instance_id = i.id) AS last_day
FROM main.instances i
ORDER BY {{nocase(i.name)}}, i.id
