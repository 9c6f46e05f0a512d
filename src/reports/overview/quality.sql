-- What a reader should know about the messages of the period.
SELECT {{messages}} AS messages, {{copied_messages}} AS copied_messages, {{undated_messages}} AS undated_messages
FROM main.message m
WHERE {{in_period(m)}}
