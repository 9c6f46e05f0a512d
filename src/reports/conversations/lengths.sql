-- Chats by the number of turns on the path that they show.
WITH {{chats(path_turns)}},
counted AS (
  SELECT
    CASE
      WHEN path_turns <= 5 THEN path_turns
      WHEN path_turns <= 10 THEN 6
      WHEN path_turns <= 20 THEN 7
      WHEN path_turns <= 50 THEN 8
      ELSE 9
    END AS rank,
    COUNT(*) AS chats
  FROM chat
  WHERE path_turns > 0
  GROUP BY 1
)
SELECT
  n.rank,
  n.turns,
  COALESCE(c.chats, 0) AS chats,
  1.0 * COALESCE(c.chats, 0) / NULLIF(SUM(c.chats) OVER (), 0) AS chat_share
FROM (
  SELECT 1 AS rank, '1' AS turns
  UNION ALL SELECT 2, '2'
  UNION ALL SELECT 3, '3'
  UNION ALL SELECT 4, '4'
  UNION ALL SELECT 5, '5'
  UNION ALL SELECT 6, '6 to 10'
  UNION ALL SELECT 7, '11 to 20'
  UNION ALL SELECT 8, '21 to 50'
  UNION ALL SELECT 9, '51 and more'
) n
LEFT JOIN counted c ON c.rank = n.rank
ORDER BY n.rank
