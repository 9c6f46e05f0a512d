-- What was billed on the UTC days of the period, of the basis that analysis.json says, and what became of it. Shares without an
-- instance count where the report leaves no instance out. What two scopes bill counts once. Amounts are no integers any more: sums
-- of many months in currencies of small units, such as VND, are larger than integers can be, and up to 2^53 they are as exact.
billed_shares AS MATERIALIZED (
  SELECT
    d.scope_id, d.utc_day, d.resource_id, d.meter, d.meter_subcategory, d.charge_type, d.tag, d.currency, d.unit, d.cost_type,
    s.kind, s.instance_id, s.model_id, s.method, s.reason,
    1.0 * s.cost_e8 AS cost_e8,
    COALESCE(m.state, 'open') AS state
  FROM main.cost_daily d
  JOIN main.cost_shares s ON s.cost_id = d.id AND s.is_deleted = 0
  LEFT JOIN main.cost_months m ON m.scope_id = d.scope_id AND m.cost_type = d.cost_type
    AND m.month = substr(d.date, 1, 7) AND m.is_deleted = 0
  WHERE d.is_deleted = 0
    AND d.cost_type = (SELECT cost_type FROM main.analysis_settings)
    AND s.reason IS DISTINCT FROM 'otherScope'
    AND d.utc_day BETWEEN :from_day AND :to_day
    AND (
      s.instance_id IN {{list(:instances)}}
      OR (
        s.instance_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM main.instances i WHERE i.is_deleted = 0 AND i.id NOT IN {{list(:instances)}})
      )
    )
)
