-- Deletions that wait for a person.
SELECT
  i.id AS instance_id,
  i.name AS instance,
  REPLACE(d.stream, '_', ' ') AS stream,
  CASE d.reason
    WHEN 'many' THEN 'too many at once'
    WHEN 'emptied' THEN 'a list came back empty'
    WHEN 'serverReplaced' THEN 'the server was replaced'
    WHEN 'serverRestored' THEN 'the server was restored'
    ELSE d.reason
  END AS reason,
  COUNT(*) AS waiting_deletions,
  MIN(d.since_at) AS since_at
FROM main.held_deletions d
JOIN main.instances i ON i.id = d.instance_id
WHERE d.is_deleted = 0 AND d.instance_id IN {{list(:instances)}}
GROUP BY i.id, i.name, d.stream, d.reason
ORDER BY COUNT(*) DESC, i.name, i.id, d.stream
