-- Input tokens of what follows the 20th turn of a chat. Few chats are that long: only their turns are numbered.
WITH long_chat AS MATERIALIZED (
  SELECT m.chat_id
  FROM main.message m
  WHERE m.role = 'user' AND +m.instance_id IN {{list(:instances)}}
  GROUP BY m.chat_id
  HAVING COUNT(*) > 20
),
numbered AS (
  SELECT m.id, ROW_NUMBER() OVER (PARTITION BY m.chat_id ORDER BY m.created_at_epoch, m.id) AS turn_number
  FROM long_chat l
  CROSS JOIN main.message m ON m.chat_id = l.chat_id
  WHERE m.role = 'user'
)
SELECT
  1 AS is_current,
  late.late_input_tokens,
  1.0 * late.late_input_tokens / NULLIF(known.input_tokens, 0) AS late_input_share
FROM (
  SELECT {{input_tokens}} AS late_input_tokens
  FROM main.v_generations g
  WHERE g.turn_id IN (SELECT id FROM numbered WHERE turn_number > 20) AND {{in_period(g)}}
) late,
(
  SELECT {{input_tokens}} AS input_tokens
  FROM main.v_generations g
  WHERE {{in_period(g)}}
) known
