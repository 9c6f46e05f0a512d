-- The most expensive conversations of the period, dated by their generations: the whole tree, since every branch was paid.
WITH spent AS MATERIALIZED (
  SELECT
    c.chat_id,
    c.currency,
    {{cost}} AS cost,
    {{billed_cost}} AS billed_cost,
    {{list_price_cost}} AS list_price_cost,
    COUNT(c.cost) AS cost_generations,
    COUNT(*) AS distinct_generations,
    SUM(c.tokens) AS tokens
  FROM (
    -- Sorting within each chat alone is cheaper than grouping all rows.
    SELECT
      {{chat(c)}} AS chat_id, c.currency, c.cost, c.billed_cost, c.tokens
    FROM {{by_owner(c)}}
    WHERE {{in_period(c)}}
    ORDER BY {{chat(c)}}, c.currency
  ) c
  GROUP BY c.chat_id, c.currency
),
whole AS (
  SELECT
    *,
    SUM(distinct_generations) OVER (PARTITION BY chat_id) AS all_generations,
    SUM(cost_generations) OVER (PARTITION BY chat_id) AS all_known,
    SUM(cost_generations) OVER (PARTITION BY currency) AS currency_generations
  FROM spent
)
SELECT
  ROW_NUMBER() OVER (ORDER BY w.currency_generations DESC, w.currency, w.cost DESC, w.chat_id) AS rank,
  h.id AS chat_id,
  COALESCE(NULLIF(h.title, ''), h.remote_id) AS title,
  u.id AS user_id,
  COALESCE(NULLIF(u.name, ''), u.email, u.remote_id) AS user,
  h.instance_id,
  i.name || CASE i.is_deleted WHEN 1 THEN ' (removed)' ELSE '' END AS instance,
  w.currency,
  w.cost,
  w.billed_cost,
  w.list_price_cost,
  w.tokens,
  w.all_generations AS distinct_generations,
  w.all_generations - w.all_known AS unknown_cost_generations
FROM whole w
JOIN main.chats h ON h.id = w.chat_id
JOIN main.users u ON u.id = h.user_id
JOIN main.instances i ON i.id = h.instance_id
WHERE w.currency IS NOT NULL
