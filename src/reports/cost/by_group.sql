-- Groups by the cost of their present members, a row for each currency. A member of two groups counts in both; those of none
-- have a row of their own, and so do all that analysis.json leaves out. Merged accounts are one member, each in its groups.
WITH {{spent_by_account}},
membership AS MATERIALIZED (
  SELECT gm.user_id, gm.group_id
  FROM main.group_members gm
  JOIN main.user_groups ug ON ug.id = gm.group_id AND ug.is_deleted = 0
  WHERE gm.is_deleted = 0
),
grouped AS MATERIALIZED (
  SELECT
    COALESCE(x.group_id, -u.instance_id, 0) AS group_key,
    MAX(x.group_id) AS group_id,
    MAX(u.instance_id) AS instance_id,
    s.currency,
    NULLIF(COUNT(DISTINCT {{user(s.account_id)}}), 0) AS members,
    SUM(s.cost) AS cost,
    SUM(s.billed_cost) AS billed_cost,
    SUM(s.provisional_cost) AS provisional_cost,
    SUM(s.list_price_cost) AS list_price_cost,
    SUM(s.cost_generations) AS cost_generations,
    SUM(s.distinct_generations) AS distinct_generations
  FROM spent s
  LEFT JOIN main.users u ON u.id = s.account_id
  LEFT JOIN membership x ON x.user_id = s.account_id
  GROUP BY COALESCE(x.group_id, -u.instance_id, 0), s.currency
),
whole AS (
  SELECT
    *,
    COUNT(currency) OVER (PARTITION BY group_key) AS currencies,
    SUM(distinct_generations) OVER (PARTITION BY group_key) AS all_generations,
    SUM(cost_generations) OVER (PARTITION BY group_key) AS all_known,
    SUM(cost_generations) OVER (PARTITION BY currency) AS currency_generations
  FROM grouped
)
SELECT
  ROW_NUMBER() OVER (
    ORDER BY w.currency IS NULL, w.currency_generations DESC, w.currency, w.cost DESC NULLS LAST, w.all_generations DESC, w.group_key
  ) AS rank,
  w.group_id,
  w.instance_id,
  CASE WHEN w.instance_id IS NULL THEN 'Excluded accounts' WHEN w.group_id IS NULL THEN 'No group' ELSE COALESCE(ug.name, ug.remote_id) END AS group_name,
  {{instance_name}} AS instance,
  w.currency,
  w.members,
  w.cost,
  w.billed_cost,
  w.provisional_cost,
  w.list_price_cost,
  1.0 * w.cost / NULLIF(w.members, 0) AS cost_per_member,
  w.all_generations AS distinct_generations,
  w.all_generations - w.all_known AS unknown_cost_generations,
  1.0 * w.all_known / NULLIF(w.all_generations, 0) AS cost_coverage
FROM whole w
LEFT JOIN main.instances i ON i.id = w.instance_id
LEFT JOIN main.user_groups ug ON ug.id = w.group_id
WHERE w.currency IS NOT NULL OR w.currencies = 0
