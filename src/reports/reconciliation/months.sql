-- Each month's total, as the cloud gives it without grouping, against what became of its rows: by scope, currency and cost type.
WITH {{months}},
parts AS MATERIALIZED (
  SELECT
    d.scope_id,
    d.cost_type,
    substr(d.date, 1, 7) AS month,
    d.currency,
    COUNT(*) AS shares,
    SUM(s.cost_e8) AS shared_e8,
    SUM(s.cost_e8) FILTER (WHERE s.kind = 'allocated') AS allocated_e8,
    SUM(s.cost_e8) FILTER (WHERE s.kind = 'unallocated') AS unallocated_e8,
    SUM(s.cost_e8) FILTER (WHERE s.kind = 'unmapped') AS unmapped_e8,
    SUM(s.cost_e8) FILTER (WHERE s.reason = 'unmappedResource' AND d.resource_id <> '') AS unasked_e8,
    SUM(s.cost_e8) FILTER (WHERE s.kind NOT IN ('allocated', 'unallocated', 'unmapped')) AS other_e8
  FROM main.cost_daily d
  JOIN main.cost_shares s ON s.cost_id = d.id AND s.is_deleted = 0
  WHERE d.is_deleted = 0 AND d.utc_day BETWEEN (SELECT first_day FROM span) AND (SELECT last_day FROM span)
  GROUP BY d.scope_id, d.cost_type, substr(d.date, 1, 7), d.currency
),
keys AS (
  SELECT scope_id, cost_type, month, currency FROM totals
  UNION
  SELECT scope_id, cost_type, month, currency FROM parts
),
lines AS (
  SELECT
    k.scope_id,
    k.cost_type,
    k.month,
    k.currency,
    k.scope_id || '|' || k.cost_type || '|' || k.month || '|' || k.currency AS line,
    t.control_e8,
    COALESCE(p.allocated_e8, 0) AS allocated_e8,
    COALESCE(p.unallocated_e8, 0) AS unallocated_e8,
    COALESCE(p.unmapped_e8, 0) AS unmapped_e8,
    COALESCE(p.unasked_e8, 0) AS unasked_e8,
    COALESCE(p.other_e8, 0) AS other_e8,
    t.control_e8 - COALESCE(p.shared_e8, 0) AS difference_e8,
    -- The cloud has more decimals: its total and each row are rounded to 1e-8 apart, and a double may not hold the total.
    COALESCE(p.shares, 0) / 2 + 1 + ABS(COALESCE(t.control_e8, 0)) / 4503599627370496 AS rounding_e8
  FROM keys k
  LEFT JOIN totals t ON t.scope_id = k.scope_id AND t.cost_type = k.cost_type AND t.month = k.month AND t.currency = k.currency
  LEFT JOIN parts p ON p.scope_id = k.scope_id AND p.cost_type = k.cost_type AND p.month = k.month AND p.currency = k.currency
)
SELECT
  ROW_NUMBER() OVER (ORDER BY l.month DESC, c.name, l.scope_id, l.cost_type, l.currency) AS rank,
  l.month,
  l.scope_id,
  c.name AS scope,
  CASE l.cost_type WHEN 'amortized' THEN 'Amortised' ELSE 'Actual' END AS basis,
  l.currency,
  CASE COALESCE(m.state, 'open') WHEN 'closed' THEN 0 ELSE 1 END AS is_open,
  CASE COALESCE(m.state, 'open') WHEN 'closed' THEN 'Closed' ELSE 'Open: may change' END AS state,
  l.control_e8 / 1e8 AS control_total,
  l.allocated_e8 / 1e8 AS allocated_cost,
  l.unallocated_e8 / 1e8 AS unallocated_cost,
  l.unmapped_e8 / 1e8 AS unmapped_cost,
  l.unasked_e8 / 1e8 AS unasked_cost,
  l.other_e8 / 1e8 AS other_charges_cost,
  l.difference_e8 / 1e8 AS control_difference,
  CASE WHEN ABS(l.difference_e8) <= l.rounding_e8 THEN 0 ELSE 1 END AS is_different,
  l.line || '|all' AS control_line,
  l.line || '|allocated' AS allocated_line,
  l.line || '|unallocated' AS unallocated_line,
  l.line || '|unmapped' AS unmapped_line,
  l.line || '|other' AS other_line
FROM lines l
JOIN main.cost_scopes c ON c.id = l.scope_id
LEFT JOIN main.cost_months m ON m.scope_id = l.scope_id AND m.cost_type = l.cost_type AND m.month = l.month AND m.is_deleted = 0
