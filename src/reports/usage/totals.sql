-- Headline numbers of the period (is_current = 1) or of the equal span before it (is_current = 0).
SELECT
  {{is_current}} AS is_current,
  {{active_users}} AS active_users,
  {{turns}} AS turns,
  {{generations}} AS generations,
  {{messages}} AS messages,
  {{chats}} AS chats,
  {{input_tokens}} AS input_tokens,
  {{output_tokens}} AS output_tokens,
  {{usage_coverage}} AS usage_coverage,
  {{ratings}} AS ratings,
  {{ratings_up}} AS ratings_up,
  {{ratings_down}} AS ratings_down,
  {{thumbs_up_share}} AS thumbs_up_share,
  {{rating_coverage}} AS rating_coverage,
  {{errors}} AS errors,
  {{error_rate}} AS error_rate,
  {{copied_messages}} AS copied_messages,
  {{undated_messages}} AS undated_messages
FROM main.message m
WHERE {{in_span}}
HAVING COUNT(*) > 0
