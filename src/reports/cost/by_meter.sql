-- Meters as the cloud names them, a row for each resource, kind of charge and currency.
WITH {{billed_shares}},
metered AS (
  SELECT
    b.meter, b.meter_subcategory, b.resource_id, b.charge_type, b.currency,
    REPLACE(GROUP_CONCAT(DISTINCT b.model_id ORDER BY b.model_id), ',', ', ') AS models,
    SUM(b.cost_e8) AS charged_e8,
    SUM(b.cost_e8) FILTER (WHERE b.kind = 'allocated') AS allocated_e8,
    SUM(b.cost_e8) FILTER (WHERE b.kind <> 'allocated') AS rest_e8,
    SUM(b.cost_e8) FILTER (WHERE b.state <> 'closed') AS open_e8,
    MIN(b.utc_day) AS first_day,
    MAX(b.utc_day) AS last_day
  FROM billed_shares b
  GROUP BY b.meter, b.meter_subcategory, b.resource_id, b.charge_type, b.currency
),
whole AS (
  SELECT
    *,
    SUM(charged_e8) OVER (PARTITION BY currency) AS currency_e8,
    COUNT(*) OVER (PARTITION BY currency) AS currency_meters
  FROM metered
)
SELECT
  ROW_NUMBER() OVER (
    ORDER BY w.currency_meters DESC, w.currency, w.charged_e8 DESC, w.meter, w.resource_id, w.charge_type
  ) AS rank,
  CASE w.meter WHEN '' THEN 'No meter' ELSE w.meter END AS meter,
  w.meter_subcategory,
  w.resource_id,
  {{resource}} AS resource,
  w.charge_type,
  w.models,
  w.currency,
  w.charged_e8 / 1e8 AS charged_cost,
  1.0 * w.charged_e8 / NULLIF(w.currency_e8, 0) AS charged_share,
  COALESCE(w.allocated_e8, 0) / 1e8 AS allocated_cost,
  COALESCE(w.rest_e8, 0) / 1e8 AS rest_cost,
  COALESCE(w.open_e8, 0) / 1e8 AS open_cost,
  {{date(w.first_day)}} AS first_date,
  {{date(w.last_day)}} AS last_date
FROM whole w
