-- Chats with a message in the period that the filters let through, each as a whole: with what came before it and after.
chat AS MATERIALIZED (
  SELECT {{columns}}
  FROM main.v_chats v
  WHERE EXISTS (SELECT 1 FROM main.message m WHERE m.chat_id = v.chat_id AND {{in_period(m)}})
)
