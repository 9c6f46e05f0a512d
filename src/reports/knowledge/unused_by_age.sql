-- Size of the files that no message is known to have used, by their age in days at the last sync.
WITH {{library}},
age (place, age, from_days, to_days) AS (
  VALUES
    (1, '0-29', 0, 29),
    (2, '30-89', 30, 89),
    (3, '90-179', 90, 179),
    (4, '180-364', 180, 364),
    (5, '365 and more', 365, 1000000),
    (6, 'unknown', NULL, NULL)
),
unused AS (
  SELECT f.file_id, f.size, MAX(0, :as_of_day - {{day_of(f.created_at)}}) AS days
  FROM file f
  WHERE f.is_deleted = 0 AND f.last_day IS NULL
)
SELECT
  a.place,
  a.age,
  COUNT(n.file_id) AS unused_files,
  CASE COUNT(n.file_id) WHEN 0 THEN 0 ELSE SUM(n.size) END AS unused_bytes
FROM age a
LEFT JOIN unused n ON n.days BETWEEN a.from_days AND a.to_days OR (n.days IS NULL AND a.from_days IS NULL)
GROUP BY a.place, a.age, a.from_days
HAVING a.from_days IS NOT NULL OR COUNT(n.file_id) > 0
ORDER BY a.place
