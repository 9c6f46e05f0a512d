-- Thumbs on an answer beside that of another model, in the order of the thumbs: a row for each of the other models. Answers
-- of the same model are no opponents. A comparison belongs to the models on both sides, and to the day of its turn.
SELECT
  f.id AS feedback_id,
  f.model_id,
  s.value AS opponent_id,
  CASE f.rating WHEN 1 THEN 1 ELSE 0 END AS is_win
FROM main.feedback f
JOIN main.chats h ON h.instance_id = f.instance_id AND h.remote_id = f.chat_remote_id
JOIN main.message a ON a.remote_id = f.message_remote_id AND a.chat_id = h.id
JOIN main.v_turns t ON t.turn_id = a.parent_id
CROSS JOIN {{rows(f.sibling_model_ids)}} s
WHERE f.rating IN (1, -1)
  AND f.model_id IS NOT NULL
  AND s.value <> f.model_id
  AND {{in_period(t)}}
GROUP BY f.id, s.value
ORDER BY f.created_at_epoch, f.id, s.value
