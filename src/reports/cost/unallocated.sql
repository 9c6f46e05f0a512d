-- What of the bill is of no generation, and why.
WITH {{billed_shares}}
SELECT
  ROW_NUMBER() OVER (ORDER BY ABS(SUM(b.cost_e8)) DESC, b.kind, b.reason, b.resource_id, b.meter, b.charge_type, b.currency, b.instance_id) AS rank,
  b.kind,
  b.reason,
  {{part}} AS part,
  {{why}} AS why,
  {{fix}} AS fix,
  b.instance_id,
  {{instance_name}} AS instance,
  b.resource_id,
  b.meter,
  b.charge_type,
  b.currency,
  SUM(b.cost_e8) / 1e8 AS charged_cost
FROM billed_shares b
LEFT JOIN main.instances i ON i.id = b.instance_id
WHERE b.kind <> 'allocated'
GROUP BY b.kind, b.reason, b.instance_id, b.resource_id, b.meter, b.charge_type, b.currency
