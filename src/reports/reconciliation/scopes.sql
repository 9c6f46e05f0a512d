-- Where bills come from, and how far they reach.
SELECT
  c.id AS scope_id,
  c.name AS scope,
  c.scope AS scope_path,
  CASE c.source WHEN 'import' THEN 'Imported files' ELSE 'Azure Cost Management' END AS source,
  CASE c.is_deleted WHEN 1 THEN 'Disconnected' ELSE 'Connected' END AS standing,
  c.last_sync,
  c.retry_after,
  (SELECT COUNT(DISTINCT m.month) FROM main.cost_months m WHERE m.scope_id = c.id AND m.is_deleted = 0) AS read_months,
  (SELECT MIN(m.month) FROM main.cost_months m WHERE m.scope_id = c.id AND m.is_deleted = 0) AS first_month,
  (SELECT MAX(d.date) FROM main.cost_daily d WHERE d.scope_id = c.id AND d.is_deleted = 0) AS newest_date
FROM main.cost_scopes c
WHERE c.is_deleted = 0
  OR EXISTS (SELECT 1 FROM main.cost_months m WHERE m.scope_id = c.id AND m.is_deleted = 0)
ORDER BY c.is_deleted, c.name, c.id
