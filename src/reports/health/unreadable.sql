-- What waits in the quarantine, the newest first.
SELECT
  ROW_NUMBER() OVER (ORDER BY q.last_seen_at_epoch DESC, q.instance_id, q.stream, q.remote_id) AS rank,
  i.id AS instance_id,
  i.name AS instance,
  REPLACE(q.stream, '_', ' ') AS stream,
  q.remote_id,
  h.id AS chat_id,
  COALESCE(h.title, h.list_title, q.remote_id) AS title,
  q.reason,
  q.tries,
  q.first_seen_at,
  q.last_seen_at
FROM main.quarantine q
JOIN main.instances i ON i.id = q.instance_id
LEFT JOIN main.chats h ON q.stream = 'chats' AND h.instance_id = q.instance_id AND h.remote_id = q.remote_id
WHERE q.is_deleted = 0 AND q.instance_id IN {{list(:instances)}}
