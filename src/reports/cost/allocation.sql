-- What became of the bill, by currency.
WITH {{billed_shares}}
SELECT
  b.currency,
  CASE MAX(b.cost_type) WHEN 'amortized' THEN 'Amortised' ELSE 'Actual' END AS basis,
  SUM(b.cost_e8) / 1e8 AS charged_cost,
  COALESCE(SUM(b.cost_e8) FILTER (WHERE b.kind = 'allocated'), 0) / 1e8 AS allocated_cost,
  COALESCE(SUM(b.cost_e8) FILTER (WHERE b.kind = 'unallocated'), 0) / 1e8 AS unallocated_cost,
  COALESCE(SUM(b.cost_e8) FILTER (WHERE b.kind = 'unmapped'), 0) / 1e8 AS unmapped_cost,
  COALESCE(SUM(b.cost_e8) FILTER (WHERE b.kind NOT IN ('allocated', 'unallocated', 'unmapped')), 0) / 1e8 AS other_charges_cost,
  COALESCE(SUM(b.cost_e8) FILTER (WHERE b.reason = 'unmappedResource' AND b.resource_id <> ''), 0) / 1e8 AS unasked_cost,
  1.0 * SUM(b.cost_e8) FILTER (WHERE b.kind = 'allocated')
    / NULLIF(SUM(b.cost_e8) FILTER (WHERE b.kind IN ('allocated', 'unallocated')), 0) AS allocated_share,
  COALESCE(SUM(b.cost_e8) FILTER (WHERE b.state <> 'closed'), 0) / 1e8 AS open_cost
FROM billed_shares b
GROUP BY b.currency
ORDER BY COUNT(*) DESC, b.currency
