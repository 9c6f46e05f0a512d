-- Turns by day and instance, with the eight weeks before the period, and the days that each instance is known of.
WITH reach AS MATERIALIZED (
  SELECT
    i.id AS instance_id,
    i.name AS instance,
    CASE WHEN i.is_deleted = 1 OR {{day_of(i.last_sync)}} > :to_day THEN :to_day ELSE {{day_of(i.last_sync)}} - 1 END
      AS last_whole_day,
    (SELECT MIN(m.day) FROM main.message m WHERE m.instance_id = i.id) AS first_known_day
  FROM main.instances i
  WHERE i.id IN {{list(:instances)}}
),
counted AS (
  SELECT t.instance_id, t.day, {{turns}} AS turns
  FROM main.v_turns t
  WHERE :to_day - :from_day <= 92 AND t.day BETWEEN :from_day - 56 AND :to_day AND {{in_scope(t)}}
  GROUP BY t.day, t.instance_id
)
SELECT c.instance_id, r.instance, c.day, c.turns, r.first_known_day, r.last_whole_day, :from_day AS from_day
FROM counted c
JOIN reach r ON r.instance_id = c.instance_id
ORDER BY c.day, c.instance_id
