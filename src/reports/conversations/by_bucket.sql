-- Chats along the time axis: with a turn in the step, their turns in it, and chats that began in it.
WITH RECURSIVE {{buckets}},
{{bucket_days}},
{{chats(first_day)}},
spoken AS MATERIALIZED (
  SELECT t.chat_id, t.day, {{turns}} AS turns
  FROM main.v_turns t
  WHERE {{in_period(t)}}
  GROUP BY t.chat_id, t.day
),
talked AS MATERIALIZED (
  SELECT d.bucket, COUNT(DISTINCT s.chat_id) AS chats, SUM(s.turns) AS turns
  FROM spoken s
  JOIN day d ON d.day = s.day
  GROUP BY d.bucket
),
begun AS MATERIALIZED (
  SELECT d.bucket, COUNT(*) AS started_chats
  FROM chat v
  JOIN day d ON d.day = v.first_day
  GROUP BY d.bucket
)
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  b.is_unknown,
  b.tail,
  CASE b.is_unknown WHEN 0 THEN COALESCE(g.started_chats, 0) END AS started_chats,
  CASE b.is_unknown WHEN 0 THEN COALESCE(k.chats, 0) END AS chats_with_turns,
  CASE b.is_unknown WHEN 0 THEN COALESCE(k.turns, 0) END AS turns,
  1.0 * k.turns / k.chats AS turns_per_chat
FROM bucket b
LEFT JOIN talked k ON k.bucket = b.bucket
LEFT JOIN begun g ON g.bucket = b.bucket
ORDER BY b.bucket
