-- Turns by weekday and hour, divided by how many such hours the period has: a mean, not a sum.
WITH slot AS MATERIALIZED (
  SELECT {{json_number(value, weekday)}} AS weekday, {{json_number(value, hour)}} AS hour, {{json_number(value, hours)}} AS hours
  FROM {{rows(:hours)}}
),
counted AS (
  SELECT {{weekday(t.day)}} AS weekday, t.hour, {{turns}} AS turns
  FROM main.v_turns t
  WHERE {{in_period(t)}}
  GROUP BY 1, 2
)
SELECT
  slot.weekday,
  SUBSTR('MonTueWedThuFriSatSun', CAST(slot.weekday AS INTEGER) * 3 + 1, 3) AS weekday_name,
  slot.hour,
  COALESCE(counted.turns, 0) AS turns,
  slot.hours,
  1.0 * COALESCE(counted.turns, 0) / NULLIF(slot.hours, 0) AS turns_per_hour
FROM slot
LEFT JOIN counted ON counted.weekday = slot.weekday AND counted.hour = slot.hour
ORDER BY slot.weekday, slot.hour
