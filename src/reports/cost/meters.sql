-- Meters over all resources, by kind of charge and currency.
WITH {{billed_shares}}
SELECT
  ROW_NUMBER() OVER (ORDER BY b.currency, SUM(b.cost_e8) DESC, b.meter, b.charge_type) AS rank,
  CASE b.meter WHEN '' THEN 'No meter' ELSE b.meter END
    || CASE b.charge_type WHEN 'Usage' THEN '' ELSE ' (' || b.charge_type || ')' END AS label,
  COUNT(DISTINCT b.resource_id) AS resources,
  b.currency,
  SUM(b.cost_e8) / 1e8 AS charged_cost
FROM billed_shares b
GROUP BY b.meter, b.charge_type, b.currency
