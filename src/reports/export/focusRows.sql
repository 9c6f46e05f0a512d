-- What was billed and what became of it, a row for each share, under the names of FOCUS columns where there are such. Amounts
-- are texts of eight decimals, so that they add up exactly. A quantity is of the whole row: it stands in its first share alone.
SELECT
  CASE d.cost_type WHEN 'actual' THEN {{amount}} END AS "BilledCost",
  CASE d.cost_type WHEN 'amortized' THEN {{amount}} END AS "EffectiveCost",
  d.currency AS "BillingCurrency",
  d.date || 'T00:00:00Z' AS "ChargePeriodStart",
  {{date((d.utc_day + 1))}} || 'T00:00:00Z' AS "ChargePeriodEnd",
  CASE
    WHEN lower(d.charge_type) IN ('usage', 'unusedreservation', 'unusedsavingsplan') THEN 'Usage'
    WHEN lower(d.charge_type) = 'purchase' THEN 'Purchase'
    WHEN lower(d.charge_type) = 'tax' THEN 'Tax'
    WHEN lower(d.charge_type) = 'credit' THEN 'Credit'
    ELSE 'Adjustment'
  END AS "ChargeCategory",
  NULLIF(d.resource_id, '') AS "ResourceId",
  d.service AS "ServiceName",
  NULLIF(d.meter, '') AS "SkuMeter",
  CASE WHEN COALESCE(s.part, 1) = 1 THEN d.quantity END AS "ConsumedQuantity",
  CASE WHEN COALESCE(s.part, 1) = 1 THEN d.unit END AS "ConsumedUnit",
  COALESCE({{subscription(d.resource_id)}}, {{subscription(c.scope)}}) AS "SubAccountId",
  c.scope AS "x_Scope",
  d.cost_type AS "x_CostType",
  d.charge_type AS "x_ChargeType",
  NULLIF(d.meter_subcategory, '') AS "x_MeterSubcategory",
  i.name AS "x_Instance",
  s.model_id AS "x_Model",
  s.method AS "x_AllocationMethod",
  COALESCE(s.kind, 'none') AS "x_ShareKind",
  s.reason AS "x_Reason",
  CASE m.state WHEN 'closed' THEN 1 ELSE 0 END AS "x_IsFinal"
FROM main.cost_daily d
JOIN main.cost_scopes c ON c.id = d.scope_id
LEFT JOIN main.cost_shares s ON s.cost_id = d.id AND s.is_deleted = 0
LEFT JOIN main.instances i ON i.id = s.instance_id
LEFT JOIN main.cost_months m ON m.scope_id = d.scope_id AND m.cost_type = d.cost_type AND m.month = substr(d.date, 1, 7) AND m.is_deleted = 0
WHERE d.is_deleted = 0 AND substr(d.date, 1, 7) IN {{texts(:months)}}
ORDER BY c.scope, d.cost_type, d.date, d.resource_id, d.meter, d.charge_type, d.id, s.part NULLS FIRST
