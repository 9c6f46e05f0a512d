-- Turns by user of the days that may be unusual, and of the same weekdays of the eight weeks before them. A day that lies 20
-- turns or more from the median of eight lies so far from at least four of them: the other days are left out.
WITH {{buckets}},
counted AS MATERIALIZED (
  SELECT t.day, {{turns}} AS turns
  FROM main.v_turns t
  WHERE :to_day - :from_day <= 100 AND t.day BETWEEN :from_day - 56 AND :to_day AND {{in_scope(t)}}
  GROUP BY t.day
),
candidate AS (
  SELECT b.first_day AS day, COALESCE(c.turns, 0) AS turns
  FROM bucket b
  LEFT JOIN counted c ON c.day = b.first_day
  WHERE b.is_partial = 0 AND b.is_unknown = 0 AND b.first_day = b.last_day
    AND (SELECT COUNT(*) FROM counted e
      WHERE e.day BETWEEN b.first_day - 56 AND b.first_day - 7 AND (b.first_day - e.day) % 7 = 0
        AND ABS(e.turns - COALESCE(c.turns, 0)) < 20) <= 4
),
wanted AS MATERIALIZED (
  SELECT DISTINCT c.day - w.value AS day
  FROM candidate c
  CROSS JOIN (SELECT 0 AS value UNION ALL SELECT 7 UNION ALL SELECT 14 UNION ALL SELECT 21 UNION ALL SELECT 28
    UNION ALL SELECT 35 UNION ALL SELECT 42 UNION ALL SELECT 49 UNION ALL SELECT 56) w
)
SELECT t.day, t.user_id, u.name, {{turns}} AS turns
FROM wanted w
CROSS JOIN main.v_turns t ON t.day = w.day
LEFT JOIN main.users u ON u.id = t.user_id
WHERE {{in_scope(t)}}
GROUP BY t.day, t.user_id
ORDER BY t.day, t.user_id
