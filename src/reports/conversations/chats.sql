-- Chats with a message in the span that the filters let through.
picked AS MATERIALIZED (
  SELECT h.id AS chat_id
  FROM main.chats h
  WHERE EXISTS (SELECT 1 FROM main.message m WHERE m.chat_id = h.id AND {{in_span(m)}})
),
-- Each as a whole, with what came before the span and after it.
chat AS MATERIALIZED (
  SELECT v.* FROM main.v_chats v WHERE v.chat_id IN (SELECT p.chat_id FROM picked p)
)
