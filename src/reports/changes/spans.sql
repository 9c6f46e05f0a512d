-- The days that are compared, by instance: is_current 1 the period, 0 the span before. Days that an instance was not synced
-- for are unknown, not empty: the period ends before them, and the span before ends at the same place.
reach AS MATERIALIZED (
  SELECT
    i.id AS instance_id,
    CASE
      WHEN i.is_deleted = 1 THEN :to_day
      WHEN i.last_sync IS NULL THEN :from_day - 1
      WHEN {{day_of(i.last_sync)}} > :to_day THEN :to_day
      ELSE {{day_of(i.last_sync)}} - 1
    END AS last_day
  FROM main.instances i
  WHERE i.id IN {{list(:instances)}}
),
span AS MATERIALIZED (
  SELECT instance_id, 1 AS is_current, :from_day AS first_day, last_day
  FROM reach
  UNION ALL
  SELECT instance_id, 0, :previous_from_day, last_day - (:from_day - :previous_from_day)
  FROM reach
  WHERE :previous_from_day <= :previous_to_day
)
