-- The meter rows of each line, summed over the days of a month.
WITH {{months}}
SELECT
  ROW_NUMBER() OVER (
    ORDER BY substr(d.date, 1, 7) DESC, c.name, d.scope_id, d.cost_type, d.currency, ABS(SUM(s.cost_e8)) DESC, d.meter, d.resource_id, s.kind, s.reason NULLS FIRST, d.charge_type, d.meter_subcategory
  ) AS rank,
  substr(d.date, 1, 7) AS month,
  c.name AS scope,
  CASE d.cost_type WHEN 'amortized' THEN 'Amortised' ELSE 'Actual' END AS basis,
  {{part}} AS part,
  CASE s.kind WHEN 'allocated' THEN '' ELSE {{why}} END AS why,
  d.resource_id,
  {{resource}} AS resource,
  d.meter,
  d.meter_subcategory,
  d.charge_type,
  d.currency,
  SUM(s.cost_e8) / 1e8 AS charged_cost
FROM main.cost_daily d
JOIN main.cost_shares s ON s.cost_id = d.id AND s.is_deleted = 0
JOIN main.cost_scopes c ON c.id = d.scope_id
WHERE d.is_deleted = 0 AND d.utc_day BETWEEN (SELECT first_day FROM span) AND (SELECT last_day FROM span)
GROUP BY substr(d.date, 1, 7), c.name, d.scope_id, d.cost_type, d.currency, s.kind, s.reason, d.resource_id, d.meter, d.meter_subcategory, d.charge_type
