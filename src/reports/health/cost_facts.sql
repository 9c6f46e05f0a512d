-- How bills stand now, whatever the period and the instances.
WITH shared AS MATERIALIZED (
  SELECT d.scope_id, d.cost_type, substr(d.date, 1, 7) AS month, d.currency, SUM(s.cost_e8) AS cost_e8
  FROM main.cost_daily d
  JOIN main.cost_shares s ON s.cost_id = d.id AND s.is_deleted = 0
  WHERE d.is_deleted = 0
  GROUP BY d.scope_id, d.cost_type, substr(d.date, 1, 7), d.currency
),
different AS (
  SELECT t.month
  FROM main.cost_month_totals t
  LEFT JOIN shared h ON h.scope_id = t.scope_id AND h.cost_type = t.cost_type AND h.month = t.month AND h.currency = t.currency
  WHERE t.is_deleted = 0 AND t.control_e8 <> COALESCE(h.cost_e8, 0)
),
unmapped AS (
  SELECT d.resource_id, MIN(d.date) AS first_date
  FROM main.cost_daily d
  JOIN main.cost_shares s ON s.cost_id = d.id AND s.is_deleted = 0
  WHERE d.is_deleted = 0 AND s.reason = 'unmappedResource' AND d.cost_type = (SELECT cost_type FROM main.analysis_settings)
  GROUP BY d.resource_id
),
connected AS (
  SELECT c.last_sync, CASE WHEN COALESCE(c.last_sync_epoch, 0) < :now - 2 * 86400 THEN 1 ELSE 0 END AS is_stale
  FROM main.cost_scopes c
  WHERE c.is_deleted = 0 AND c.source = 'azure'
)
SELECT
  (SELECT COUNT(*) FROM different) AS different_months,
  (SELECT MIN(month) || '-01' FROM different) AS different_since,
  (SELECT COUNT(*) FROM unmapped) AS unmapped_resources,
  (SELECT MIN(first_date) FROM unmapped) AS unmapped_since,
  (SELECT COUNT(*) FROM connected) AS cost_scopes,
  (SELECT COUNT(*) FROM connected WHERE is_stale = 1) AS stale_scopes,
  (SELECT MIN(last_sync) FROM connected WHERE is_stale = 1) AS stale_since
