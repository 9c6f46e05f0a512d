-- The same numbers of up to eight earlier spans of the same weekdays (nth = 1 is the newest), as far as messages
-- reach back; active users of all instances together in rows of their own (instance_id NULL). Only for a period of up to five weeks: nobody remembers more, and it would read the whole table.
WITH RECURSIVE {{spans}},
nth (nth) AS (SELECT 1 UNION ALL SELECT nth + 1 FROM nth WHERE nth < 8),
earlier AS MATERIALIZED (
  SELECT
    n.nth,
    s.instance_id,
    s.first_day - n.nth * ((:to_day - :from_day + 7) / 7 * 7) AS first_day,
    s.last_day - n.nth * ((:to_day - :from_day + 7) / 7 * 7) AS last_day
  FROM nth n
  CROSS JOIN span s
  WHERE s.is_current = 1 AND s.first_day <= s.last_day
),
asked AS MATERIALIZED (
  SELECT e.nth, e.instance_id, {{user(t.user_id)}} AS user_id, {{turns}} AS turns
  FROM main.v_turns t
  CROSS JOIN earlier e ON e.instance_id = t.instance_id AND t.day BETWEEN e.first_day AND e.last_day
  WHERE :to_day - :from_day < 35 AND t.day BETWEEN :from_day - 8 * ((:to_day - :from_day + 7) / 7 * 7) AND :to_day AND {{in_scope(t)}}
  GROUP BY e.nth, e.instance_id, {{user(t.user_id)}}
),
used AS MATERIALIZED (
  SELECT nth, instance_id, SUM(turns) AS turns, COUNT(*) AS active_users FROM asked GROUP BY nth, instance_id
),
answered AS MATERIALIZED (
  SELECT
    e.nth,
    e.instance_id,
    {{generations}} AS generations,
    {{input_tokens}} AS input_tokens,
    {{output_tokens}} AS output_tokens
  FROM main.v_generations g
  CROSS JOIN earlier e ON e.instance_id = g.instance_id AND g.day BETWEEN e.first_day AND e.last_day
  WHERE :to_day - :from_day < 35 AND g.day BETWEEN :from_day - 8 * ((:to_day - :from_day + 7) / 7 * 7) AND :to_day AND {{in_scope(g)}}
  GROUP BY e.nth, e.instance_id
)
SELECT
  e.nth,
  e.instance_id,
  COALESCE(used.turns, 0) AS turns,
  COALESCE(used.active_users, 0) AS active_users,
  COALESCE(answered.generations, 0) AS generations,
  answered.input_tokens,
  answered.output_tokens
FROM earlier e
LEFT JOIN used ON used.nth = e.nth AND used.instance_id = e.instance_id
LEFT JOIN answered ON answered.nth = e.nth AND answered.instance_id = e.instance_id
WHERE :to_day - :from_day < 35 AND e.first_day >= (SELECT MIN(m.day) FROM main.message m WHERE m.instance_id = e.instance_id)
UNION ALL
SELECT nth, NULL, NULL, COUNT(DISTINCT user_id), NULL, NULL, NULL
FROM asked
GROUP BY nth
ORDER BY 1, 2 NULLS FIRST
