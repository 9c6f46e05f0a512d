-- Headline numbers of the period (is_current = 1) or of the span that it is compared with (0). Turns, generations and chats
-- are read apart: an index alone has what each needs.
SELECT {{is_current}} AS is_current, asked.*, answered.*, conversed.*
FROM (
  SELECT {{active_users}} AS active_users, {{turns}} AS turns
  FROM main.v_turns t
  WHERE {{in_span(t)}}
) asked,
(
  SELECT
    {{generations}} AS generations,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens,
    {{usage_coverage}} AS usage_coverage,
    {{ratings}} AS ratings,
    {{ratings_up}} AS ratings_up,
    {{ratings_down}} AS ratings_down,
    {{thumbs_up_share}} AS thumbs_up_share,
    {{rating_coverage}} AS rating_coverage,
    {{errors}} AS errors,
    {{error_rate}} AS error_rate
  FROM main.v_generations g
  WHERE {{in_span(g)}}
) answered,
(
  -- The metric `chats`, chat by chat: cheaper than sorting messages by chat.
  SELECT COUNT(*) AS chats, COALESCE(SUM(h.is_deleted), 0) AS deleted_chats, COALESCE(SUM(h.archived), 0) AS archived_chats
  FROM main.chats h
  WHERE EXISTS (SELECT 1 FROM main.message m WHERE m.chat_id = h.id AND {{in_span(m)}})
) conversed
WHERE asked.turns + answered.generations > 0
