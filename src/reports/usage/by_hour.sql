-- Turns by weekday and hour, divided by how many such hours the period has: a mean, not a sum.
WITH slot AS MATERIALIZED (
  SELECT
    value ->> '$.weekday' AS weekday,
    value ->> '$.hour' AS hour,
    value ->> '$.hours' AS hours
  FROM json_each(:hours)
),
counted AS (
  -- 1970-01-01 was a Thursday; weekday 0 is Monday.
  SELECT (m.day + 3) % 7 AS weekday, m.hour, {{turns}} AS turns
  FROM main.message m
  WHERE m.role = 'user'
    AND {{in_period}}
  GROUP BY 1, 2
)
SELECT
  slot.weekday,
  SUBSTR('MonTueWedThuFriSatSun', slot.weekday * 3 + 1, 3) AS weekday_name,
  slot.hour,
  COALESCE(counted.turns, 0) AS turns,
  slot.hours,
  1.0 * COALESCE(counted.turns, 0) / NULLIF(slot.hours, 0) AS turns_per_hour
FROM slot
LEFT JOIN counted ON counted.weekday = slot.weekday AND counted.hour = slot.hour
ORDER BY slot.weekday, slot.hour
