-- Accounts that are new, gone, or idle (the latest turn became 28 days old in the period): how many, with the first names.
WITH {{spans}},
asking AS MATERIALIZED (
  SELECT DISTINCT t.user_id, t.day <= r.last_day - 28 AS is_long_ago
  FROM main.v_turns t
  CROSS JOIN reach r ON r.instance_id = t.instance_id AND t.day <= r.last_day
  WHERE t.day BETWEEN :from_day - 28 AND :to_day AND {{in_scope(t)}}
),
found AS (
  SELECT 'new' AS kind, u.instance_id, u.id
  FROM main.users u
  JOIN reach r ON r.instance_id = u.instance_id
  WHERE SUBSTR(u.created_at, 1, 10) BETWEEN {{date(:from_day)}} AND {{date(r.last_day)}} AND {{people}}
  UNION ALL
  SELECT 'gone', u.instance_id, u.id
  FROM main.users u
  JOIN reach r ON r.instance_id = u.instance_id
  JOIN main.instances i ON i.id = u.instance_id AND i.is_deleted = 0
  WHERE u.is_deleted = 1
    AND SUBSTR(u.sync_datetime, 1, 10) BETWEEN {{date(:from_day)}} AND {{date(r.last_day)}}
    AND {{people}}
  UNION ALL
  SELECT 'idle', u.instance_id, u.id
  FROM main.users u
  WHERE u.is_deleted = 0
    AND u.id IN (SELECT a.user_id FROM asking a WHERE a.is_long_ago = 1)
    AND u.id NOT IN (SELECT a.user_id FROM asking a WHERE a.is_long_ago = 0)
),
ranked AS (
  SELECT
    f.*,
    ROW_NUMBER() OVER (PARTITION BY f.kind, f.instance_id ORDER BY f.id) AS rank,
    COUNT(*) OVER (PARTITION BY f.kind, f.instance_id) AS accounts
  FROM found f
)
SELECT
  r.kind,
  r.instance_id,
  r.accounts,
  {{person}} AS user
FROM ranked r
JOIN main.users u ON u.id = r.id
WHERE r.rank <= 3
ORDER BY r.kind, r.instance_id, r.rank
