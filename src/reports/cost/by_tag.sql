-- The bill by the values of the tags that scopes are read by; no rows where no cost has one.
WITH {{billed_shares}},
tagged AS (
  SELECT
    b.tag, b.currency,
    COUNT(DISTINCT b.resource_id) AS resources,
    SUM(b.cost_e8) AS charged_e8,
    SUM(b.cost_e8) FILTER (WHERE b.kind = 'allocated') AS allocated_e8,
    SUM(b.cost_e8) FILTER (WHERE b.kind <> 'allocated') AS rest_e8
  FROM billed_shares b
  WHERE EXISTS (SELECT 1 FROM billed_shares s WHERE s.tag <> '')
  GROUP BY b.tag, b.currency
)
SELECT
  ROW_NUMBER() OVER (ORDER BY t.currency, t.charged_e8 DESC, t.tag) AS rank,
  CASE t.tag WHEN '' THEN 'No tag' ELSE t.tag END AS tag,
  t.resources,
  t.currency,
  t.charged_e8 / 1e8 AS charged_cost,
  1.0 * t.charged_e8 / NULLIF(SUM(t.charged_e8) OVER (PARTITION BY t.currency), 0) AS charged_share,
  COALESCE(t.allocated_e8, 0) / 1e8 AS allocated_cost,
  COALESCE(t.rest_e8, 0) / 1e8 AS rest_cost
FROM tagged t
