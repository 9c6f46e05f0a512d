-- What of the bill is of no generation, and why.
WITH {{billed_shares}}
SELECT
  ROW_NUMBER() OVER (
    ORDER BY ABS(SUM(w.cost_e8)) DESC, w.kind, w.reason, w.resource_id, w.charge_type, w.currency, w.instance_id
  ) AS rank,
  {{part}} AS part,
  {{why}} AS why,
  {{fix}} AS fix,
  w.instance_id,
  {{instance_name}} AS instance,
  w.resource_id,
  {{resource}} AS resource,
  COUNT(DISTINCT w.meter) AS meters,
  w.charge_type,
  w.currency,
  SUM(w.cost_e8) / 1e8 AS charged_cost
FROM billed_shares w
LEFT JOIN main.instances i ON i.id = w.instance_id
WHERE w.kind <> 'allocated'
GROUP BY w.kind, w.reason, w.instance_id, w.resource_id, w.charge_type, w.currency
