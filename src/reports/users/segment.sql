-- What accounts made of the last 12 weeks; those of 4 to 12 weeks are judged by their last 4. Weeks are 7 days, the last
-- one ends with the period.
tried AS MATERIALIZED (
  SELECT
    a.user_id,
    COALESCE(a.created_day, MIN(h.day), 0) AS since_day,
    COALESCE(SUM(h.turns) FILTER (WHERE h.day > :to_day - 84), 0) AS turns_12,
    COALESCE(SUM(h.turns) FILTER (WHERE h.day > :to_day - 28), 0) AS turns_4,
    COUNT(DISTINCT (:to_day - h.day) / 7) FILTER (WHERE h.day > :to_day - 84) AS weeks_12,
    COUNT(DISTINCT (:to_day - h.day) / 7) FILTER (WHERE h.day > :to_day - 28) AS weeks_4
  FROM account a
  LEFT JOIN habit h ON h.user_id = a.user_id
  GROUP BY a.user_id, a.created_day
),
segment AS MATERIALIZED (
  SELECT
    user_id,
    CASE
      WHEN since_day > :to_day - 28 THEN 'Too new'
      WHEN turns_12 = 0 THEN 'Non-user'
      WHEN since_day > :to_day - 84 THEN
        CASE
          WHEN weeks_4 = 4 AND turns_4 >= 4 * 15 THEN 'Power'
          WHEN weeks_4 = 4 THEN 'Habitual'
          WHEN turns_4 >= 4 THEN 'Novice'
          ELSE 'Low'
        END
      WHEN weeks_12 >= 9 AND turns_12 >= 12 * 15 THEN 'Power'
      WHEN weeks_12 >= 9 THEN 'Habitual'
      WHEN turns_12 >= 12 THEN 'Novice'
      ELSE 'Low'
    END AS segment
  FROM tried
)
