-- What is to be known of the messages of the period, in one pass.
SELECT
  {{messages}} AS messages,
  {{undated_messages}} AS undated_messages,
  {{date(MIN(m.day) FILTER (WHERE m.created_at_source <> 'message'))}} AS undated_since,
  {{copied_messages}} AS copied_messages,
  {{date(MIN(m.day) FILTER (WHERE m.is_copy = 1))}} AS copied_since
FROM main.message m
WHERE {{in_period(m)}}
