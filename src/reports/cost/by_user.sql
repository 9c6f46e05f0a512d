-- Users by cost, a row for each currency. What is unknown of a user stands in each of his rows. Accounts that analysis.json
-- leaves out share a row without a user: the rows add up to the total.
WITH {{spent_by_user}},
whole AS (
  SELECT
    *,
    COUNT(currency) OVER (PARTITION BY user_id) AS currencies,
    SUM(distinct_generations) OVER (PARTITION BY user_id) AS all_generations,
    SUM(cost_generations) OVER (PARTITION BY user_id) AS all_known,
    SUM(cost) OVER (PARTITION BY currency) AS currency_cost,
    SUM(cost_generations) OVER (PARTITION BY currency) AS currency_generations
  FROM spent
),
named AS MATERIALIZED (
  SELECT id, COUNT(*) OVER (PARTITION BY instance_id, {{nocase(name)}}) AS namesakes
  FROM main.users
  WHERE id IN (SELECT user_id FROM spent)
),
asked AS MATERIALIZED (
  SELECT {{owner(t)}} AS user_id, {{turns}} AS turns
  FROM {{by_owner(t)}}
  WHERE {{in_period(t)}}
  GROUP BY {{owner(t)}}
)
SELECT
  ROW_NUMBER() OVER (
    ORDER BY w.currency IS NULL, w.currency_generations DESC, w.currency, w.cost DESC NULLS LAST, w.all_generations DESC, w.user_id NULLS FIRST
  ) AS rank,
  u.id AS user_id,
  u.instance_id,
  CASE WHEN w.user_id IS NULL THEN 'Excluded accounts' ELSE {{person}} END AS user,
  -- Told apart where names repeat: by instance in a report of several, by e-mail within one.
  CASE WHEN w.user_id IS NULL THEN 'Excluded accounts' ELSE {{person}}
    || CASE WHEN (SELECT COUNT(*) FROM {{rows(:instances)}}) > 1 THEN ' · ' || i.name ELSE '' END
    || CASE WHEN n.namesakes > 1 THEN ' (' || COALESCE(NULLIF(u.email, ''), u.remote_id) || ')' ELSE '' END
  END AS label,
  {{instance_name}} AS instance,
  w.currency,
  w.cost,
  w.billed_cost,
  w.provisional_cost,
  w.list_price_cost,
  1.0 * w.cost / NULLIF(w.currency_cost, 0) AS cost_share,
  a.turns,
  1.0 * w.cost / NULLIF(a.turns, 0) AS cost_per_turn,
  w.all_generations AS distinct_generations,
  w.all_generations - w.all_known AS unknown_cost_generations,
  1.0 * w.all_known / NULLIF(w.all_generations, 0) AS cost_coverage
FROM whole w
LEFT JOIN main.users u ON u.id = w.user_id
LEFT JOIN named n ON n.id = u.id
LEFT JOIN main.instances i ON i.id = u.instance_id
LEFT JOIN asked a ON a.user_id = w.user_id
WHERE w.currency IS NOT NULL OR w.currencies = 0
