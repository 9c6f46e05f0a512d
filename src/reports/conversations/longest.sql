-- Chats by the length of the path that they show.
WITH {{chats(chat_id, title, user_id, instance_id, path_turns, path_messages, messages, edits, first_day, last_day)}}
SELECT
  ROW_NUMBER() OVER (ORDER BY v.path_messages DESC NULLS LAST, v.chat_id) AS rank,
  v.chat_id,
  COALESCE(NULLIF(v.title, ''), h.remote_id) AS title,
  u.id AS user_id,
  v.instance_id,
  {{person}} AS user,
  {{instance_name}} AS instance,
  v.path_turns,
  v.path_messages,
  v.messages AS tree_messages,
  v.edits,
  {{date(v.first_day)}} AS first_message_on,
  {{date(v.last_day)}} AS last_message_on
FROM chat v
JOIN main.chats h ON h.id = v.chat_id
JOIN main.users u ON u.id = {{user(v.user_id)}}
JOIN main.instances i ON i.id = v.instance_id
