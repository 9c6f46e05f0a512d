-- What of the bill is of no generation, and why.
WITH {{billed_shares}},
summed AS (
  SELECT
    b.kind, b.reason, b.instance_id, b.resource_id, b.charge_type, b.currency,
    COUNT(DISTINCT b.meter) AS meters,
    SUM(b.cost_e8) AS cost_e8
  FROM billed_shares b
  WHERE b.kind <> 'allocated'
  GROUP BY b.kind, b.reason, b.instance_id, b.resource_id, b.charge_type, b.currency
)
SELECT
  ROW_NUMBER() OVER (
    ORDER BY ABS(w.cost_e8) DESC, w.kind, w.reason NULLS FIRST, w.resource_id, w.charge_type, w.currency, w.instance_id NULLS FIRST
  ) AS rank,
  {{part}} AS part,
  {{why}} AS why,
  {{fix}} AS fix,
  w.instance_id,
  {{instance_name}} AS instance,
  w.resource_id,
  {{resource}} AS resource,
  w.meters,
  w.charge_type,
  w.currency,
  w.cost_e8 / 1e8 AS charged_cost
FROM summed w
LEFT JOIN main.instances i ON i.id = w.instance_id
