SELECT *
FROM (
  SELECT
    {{is_current}} AS is_current,
    (
      SELECT COUNT(*)
      FROM main.chats h
      WHERE EXISTS (SELECT 1 FROM main.message m WHERE m.chat_id = h.id AND {{in_span(m)}})
    ) AS chats,
    {{messages_per_chat}} AS messages_per_chat,
    {{quantile(0.5, path_messages, chat_{{is_current}})}} AS median_messages_per_chat,
    {{quantile(0.9, path_messages, chat_{{is_current}})}} AS p90_messages_per_chat,
    {{longest_chat}} AS longest_chat,
    {{single_turn_chats}} AS single_turn_chats,
    {{single_turn_share}} AS single_turn_share,
    {{abandoned_chats}} AS abandoned_chats,
    {{abandoned_share}} AS abandoned_share,
    {{unanswered_chats}} AS unanswered_chats,
    {{failed_chats}} AS failed_chats,
    {{rework}} AS rework,
    {{edits}} AS edits,
    {{archived_chats}} AS archived_chats,
    {{shared_chats}} AS shared_chats,
    {{deleted_chats}} AS deleted_chats
  FROM chat_{{is_current}} v
) counted
WHERE chats > 0
