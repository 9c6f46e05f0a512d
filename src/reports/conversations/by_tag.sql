-- Chats by tag: a chat with several tags counts for each, one without any under its own row.
WITH {{chats(chat_id, user_id, turns, path_messages, path_turns, outcome)}},
tagged AS (
  SELECT
    COALESCE(k.tag, '') AS tag,
    COUNT(*) AS chats,
    COUNT(DISTINCT {{user(v.user_id)}}) AS users,
    SUM(v.turns) AS turns,
    {{messages_per_chat}} AS messages_per_chat,
    {{single_turn_share}} AS single_turn_share,
    {{abandoned_share}} AS abandoned_share
  FROM chat v
  LEFT JOIN main.chat_tags k ON k.chat_id = v.chat_id
  GROUP BY COALESCE(k.tag, '')
)
SELECT
  ROW_NUMBER() OVER (ORDER BY g.tag = '', g.chats DESC, g.tag) AS rank,
  CASE g.tag WHEN '' THEN 'No tag' ELSE g.tag END AS tag,
  g.chats,
  1.0 * g.chats / (SELECT COUNT(*) FROM chat) AS chat_share,
  g.users,
  g.turns,
  g.messages_per_chat,
  g.single_turn_share,
  g.abandoned_share
FROM tagged g
