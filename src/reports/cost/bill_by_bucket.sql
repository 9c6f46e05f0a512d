-- The bill along the time axis by currency. A step that no bill has reached is unknown, not 0.
WITH RECURSIVE {{buckets}},
{{bucket_days}},
{{billed_shares}},
summed AS MATERIALIZED (
  SELECT
    d.bucket,
    b.currency,
    SUM(b.cost_e8) / 1e8 AS charged_cost,
    COALESCE(SUM(b.cost_e8) FILTER (WHERE b.kind = 'allocated'), 0) / 1e8 AS allocated_cost,
    COALESCE(SUM(b.cost_e8) FILTER (WHERE b.kind = 'unallocated'), 0) / 1e8 AS unallocated_cost,
    COALESCE(SUM(b.cost_e8) FILTER (WHERE b.kind = 'unmapped'), 0) / 1e8 AS unmapped_cost,
    COALESCE(SUM(b.cost_e8) FILTER (WHERE b.kind NOT IN ('allocated', 'unallocated', 'unmapped')), 0) / 1e8 AS other_charges_cost
  FROM billed_shares b
  JOIN day d ON d.day = b.utc_day
  GROUP BY d.bucket, b.currency
),
currencies AS (
  SELECT DISTINCT currency FROM summed
)
SELECT
  b.bucket,
  b.label,
  b.is_partial,
  b.is_unknown,
  b.tail,
  k.currency,
  s.charged_cost,
  s.allocated_cost,
  s.unallocated_cost,
  s.unmapped_cost,
  s.other_charges_cost
FROM bucket b
CROSS JOIN currencies k
LEFT JOIN summed s ON s.bucket = b.bucket AND s.currency = k.currency
ORDER BY k.currency, b.bucket
