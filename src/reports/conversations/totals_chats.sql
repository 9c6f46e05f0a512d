-- Headline numbers of the chats with a message in the period (is_current = 1) or in the span that it is compared with (0).
-- Chats are read once for both.
WITH chat AS MATERIALIZED (
  SELECT
    v.messages,
    v.path_messages,
    v.path_turns,
    v.edits,
    v.outcome,
    v.is_archived,
    v.is_shared,
    v.is_deleted,
    EXISTS (SELECT 1 FROM main.message m WHERE m.chat_id = v.chat_id AND {{in_period(m)}}) AS is_in_1,
    EXISTS (SELECT 1 FROM main.message m WHERE m.chat_id = v.chat_id AND {{in_previous_period(m)}}) AS is_in_0
  FROM main.v_chats v
),
chat_1 AS MATERIALIZED (
  SELECT * FROM chat WHERE is_in_1
),
chat_0 AS MATERIALIZED (
  SELECT * FROM chat WHERE is_in_0
)
