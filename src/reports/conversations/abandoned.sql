-- Chats that end without an answer, the newest first.
WITH {{chats(chat_id, title, user_id, instance_id, outcome, path_turns, path_messages, last_day, last_at_epoch)}}
SELECT
  ROW_NUMBER() OVER (ORDER BY v.last_at_epoch DESC, v.chat_id) AS rank,
  v.chat_id,
  COALESCE(NULLIF(v.title, ''), h.remote_id) AS title,
  u.id AS user_id,
  v.instance_id,
  {{person}} AS user,
  {{instance_name}} AS instance,
  CASE v.outcome WHEN 'failed' THEN 'The answer failed' ELSE 'No answer' END AS outcome,
  v.path_turns,
  v.path_messages,
  {{date(v.last_day)}} AS last_message_on
FROM chat v
JOIN main.chats h ON h.id = v.chat_id
JOIN main.users u ON u.id = {{user(v.user_id)}}
JOIN main.instances i ON i.id = v.instance_id
WHERE v.outcome IN ('unanswered', 'failed')
