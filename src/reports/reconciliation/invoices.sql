-- Invoices against actual cost: by scope, and for invoices of no scope over all of them in the currency, where what
-- two scopes bill counts once. What differs is split
-- into what somebody said of the invoice, and the rest. Sums over scopes, and what somebody typed, may be larger than integers
-- can be: they are none.
WITH {{months}},
twice AS MATERIALIZED (
  SELECT substr(d.date, 1, 7) AS month, d.currency, SUM(1.0 * s.cost_e8) AS cost_e8
  FROM main.cost_daily d
  JOIN main.cost_shares s ON s.cost_id = d.id AND s.is_deleted = 0
  WHERE d.is_deleted = 0 AND d.cost_type = 'actual' AND s.reason = 'otherScope'
    AND d.utc_day BETWEEN (SELECT first_day FROM span) AND (SELECT last_day FROM span)
  GROUP BY substr(d.date, 1, 7), d.currency
),
actual AS (
  SELECT c.scope, t.month, t.currency, t.control_e8, CASE COALESCE(m.state, 'open') WHEN 'closed' THEN 0 ELSE 1 END AS is_open
  FROM totals t
  JOIN main.cost_scopes c ON c.id = t.scope_id
  LEFT JOIN main.cost_months m ON m.scope_id = t.scope_id AND m.cost_type = t.cost_type AND m.month = t.month AND m.is_deleted = 0
  WHERE t.cost_type = 'actual'
),
billed AS (
  SELECT scope, month, currency, SUM(1.0 * control_e8) AS control_e8, MAX(is_open) AS is_open
  FROM actual
  GROUP BY scope, month, currency
  UNION ALL
  SELECT
    '', month, currency,
    SUM(1.0 * control_e8) - COALESCE((SELECT w.cost_e8 FROM twice w WHERE w.month = a.month AND w.currency = a.currency), 0),
    MAX(is_open)
  FROM actual a
  GROUP BY month, currency
),
invoiced AS (
  SELECT
    v.scope, v.month, v.currency, v.note,
    ROUND(v.amount * 1e8) AS amount_e8,
    ROUND(COALESCE(v.tax, 0) * 1e8) AS tax_e8,
    0 - ROUND(COALESCE(v.credits, 0) * 1e8) AS credits_e8,
    ROUND(COALESCE(v.support, 0) * 1e8) AS support_e8,
    ROUND(COALESCE(v.other_scopes, 0) * 1e8) AS other_scopes_e8
  FROM main.cost_invoices v
  WHERE v.is_deleted = 0 AND v.month BETWEEN (SELECT first_month FROM span) AND (SELECT last_month FROM span)
),
compared AS (
  SELECT
    v.*,
    b.control_e8,
    COALESCE(b.is_open, 1) AS is_open,
    v.amount_e8 - b.control_e8 AS difference_e8,
    v.amount_e8 - b.control_e8 - v.tax_e8 - v.credits_e8 - v.support_e8 - v.other_scopes_e8 AS rest_e8
  FROM invoiced v
  LEFT JOIN billed b ON b.scope = v.scope AND b.month = v.month AND b.currency = v.currency
)
SELECT
  ROW_NUMBER() OVER (ORDER BY x.month DESC, x.scope, x.currency) AS rank,
  x.month,
  CASE x.scope WHEN '' THEN 'All scopes' ELSE COALESCE(
    (SELECT c.name FROM main.cost_scopes c WHERE c.scope = x.scope ORDER BY c.is_deleted, c.id LIMIT 1), x.scope) END AS scope,
  x.currency,
  x.control_e8 / 1e8 AS control_total,
  x.amount_e8 / 1e8 AS invoice_amount,
  x.difference_e8 / 1e8 AS invoice_difference,
  x.tax_e8 / 1e8 AS tax,
  x.credits_e8 / 1e8 AS credits,
  x.support_e8 / 1e8 AS support,
  x.other_scopes_e8 / 1e8 AS other_scopes,
  (x.rest_e8 * x.is_open + 0.0) / 1e8 AS not_final,
  (x.rest_e8 * (1 - x.is_open) + 0.0) / 1e8 AS invoice_unexplained,
  x.note
FROM compared x
