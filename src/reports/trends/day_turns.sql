-- Turns of each day of the period and of the eight weeks before it. Whole, known days of the period are judged: also those
-- without a turn, which have no message. A long period has no days.
WITH {{buckets}}
SELECT day, SUM(turns) AS turns, MAX(is_judged) AS is_judged
FROM (
  SELECT t.day, {{turns}} AS turns, 0 AS is_judged
  FROM main.v_turns t
  WHERE :to_day - :from_day <= 100 AND t.day BETWEEN :from_day - 56 AND :to_day AND {{in_scope(t)}}
  GROUP BY t.day
  UNION ALL
  SELECT b.first_day, 0, 1
  FROM bucket b
  WHERE b.is_partial = 0 AND b.is_unknown = 0 AND b.first_day = b.last_day
)
GROUP BY day
ORDER BY day
