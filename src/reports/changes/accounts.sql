-- Accounts, merged ones as one, that are new, gone, or idle (the latest turn became 28 days old in the period): how many, with the first names.
WITH {{spans}},
asking AS MATERIALIZED (
  SELECT DISTINCT {{user(t.user_id)}} AS user_id, t.day <= r.last_day - 28 AS is_long_ago
  FROM main.v_turns t
  CROSS JOIN reach r ON r.instance_id = t.instance_id AND t.day <= r.last_day
  WHERE t.day BETWEEN :from_day - 28 AND :to_day AND {{in_scope(t)}}
),
found AS (
  SELECT 'new' AS kind, MIN(u.instance_id) AS instance_id, {{user(u.id)}} AS id
  FROM main.users u
  JOIN reach r ON r.instance_id = u.instance_id
  WHERE {{people}}
  GROUP BY {{user(u.id)}}
  HAVING MIN(SUBSTR(u.created_at, 1, 10)) BETWEEN {{date(:from_day)}} AND MAX({{date(r.last_day)}})
  UNION ALL
  SELECT 'gone', MIN(u.instance_id), {{user(u.id)}}
  FROM main.users u
  JOIN reach r ON r.instance_id = u.instance_id
  JOIN main.instances i ON i.id = u.instance_id AND i.is_deleted = 0
  WHERE {{people}}
  GROUP BY {{user(u.id)}}
  HAVING MIN(u.is_deleted) = 1
    AND MAX(SUBSTR(u.sync_datetime, 1, 10)) BETWEEN {{date(:from_day)}} AND MAX({{date(r.last_day)}})
  UNION ALL
  SELECT 'idle', MIN(u.instance_id), {{user(u.id)}}
  FROM main.users u
  WHERE u.is_deleted = 0
    AND {{user(u.id)}} IN (SELECT a.user_id FROM asking a WHERE a.is_long_ago)
    AND {{user(u.id)}} NOT IN (SELECT a.user_id FROM asking a WHERE NOT a.is_long_ago)
  GROUP BY {{user(u.id)}}
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
