-- Chats by folder. A folder is somebody's own; servers tell its id alone.
WITH {{chats(user_id, folder_id, turns, path_messages, last_day)}},
filed AS (
  SELECT
    {{user(v.user_id)}} AS user_id,
    v.folder_id,
    COUNT(*) AS chats,
    SUM(v.turns) AS turns,
    {{messages_per_chat}} AS messages_per_chat,
    MAX(v.last_day) AS last_day
  FROM chat v
  WHERE v.folder_id IS NOT NULL
  GROUP BY {{user(v.user_id)}}, v.folder_id
)
SELECT
  ROW_NUMBER() OVER (ORDER BY f.chats DESC, f.user_id, f.folder_id) AS rank,
  f.folder_id AS folder,
  f.user_id,
  u.instance_id,
  {{person}} AS user,
  {{instance_name}} AS instance,
  f.chats,
  1.0 * f.chats / (SELECT COUNT(*) FROM chat) AS chat_share,
  f.turns,
  f.messages_per_chat,
  {{date(f.last_day)}} AS last_message_on
FROM filed f
JOIN main.users u ON u.id = f.user_id
JOIN main.instances i ON i.id = u.instance_id
