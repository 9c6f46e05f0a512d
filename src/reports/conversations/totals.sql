-- Headline numbers of the chats with a message in the period (is_current = 1) or in the span that it is compared with (0).
SELECT *
FROM (
  WITH {{chats}}
  SELECT
    {{is_current}} AS is_current,
    (SELECT COUNT(*) FROM picked) AS chats,
    {{messages_per_chat}} AS messages_per_chat,
    {{quantile(0.5, path_messages, chat)}} AS median_messages_per_chat,
    {{quantile(0.9, path_messages, chat)}} AS p90_messages_per_chat,
    {{longest_chat}} AS longest_chat,
    {{single_turn_chats}} AS single_turn_chats,
    {{single_turn_share}} AS single_turn_share,
    {{abandoned_chats}} AS abandoned_chats,
    {{abandoned_share}} AS abandoned_share,
    {{unanswered_chats}} AS unanswered_chats,
    {{failed_chats}} AS failed_chats,
    {{rework}} AS rework,
    {{edits}} AS edits,
    (SELECT {{regenerations}} FROM main.v_generations g WHERE {{in_span(g)}}) AS regenerations,
    {{archived_chats}} AS archived_chats,
    {{shared_chats}} AS shared_chats,
    {{deleted_chats}} AS deleted_chats
  FROM chat v
)
WHERE chats > 0
