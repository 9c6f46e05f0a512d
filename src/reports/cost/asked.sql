-- Turns and their users, which costs are divided by.
SELECT {{is_current}} AS is_current, {{turns}} AS turns, {{active_users}} AS active_users
FROM main.v_turns t
WHERE {{in_span(t)}}
