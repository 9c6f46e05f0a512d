-- The most expensive conversations of the period, dated by their generations: the whole tree, since every branch was paid.
WITH spent AS MATERIALIZED (
  SELECT
    c.chat_id,
    c.currency,
    {{cost}} AS cost,
    {{billed_cost}} AS billed_cost,
    {{provisional_cost}} AS provisional_cost,
    {{list_price_cost}} AS list_price_cost,
    COUNT(c.cost) AS cost_generations,
    COUNT(*) AS distinct_generations,
    SUM(c.tokens) AS tokens
  FROM (
    -- Sorting within each chat alone is cheaper than grouping all rows.
    SELECT
      {{chat(c)}} AS chat_id, c.currency, c.cost, c.billed_cost, c.billed_is_final, c.tokens
    FROM {{by_owner(c)}}
    WHERE {{in_period(c)}}
    ORDER BY {{chat(c)}}, c.currency
  ) c
  GROUP BY c.chat_id, c.currency
),
-- The unknown of a chat stands in each of its rows.
whole AS MATERIALIZED (
  SELECT chat_id, SUM(distinct_generations) AS distinct_generations, SUM(distinct_generations - cost_generations) AS unknown
  FROM spent
  GROUP BY chat_id
),
currencies AS MATERIALIZED (
  SELECT currency, ROW_NUMBER() OVER (ORDER BY SUM(cost_generations) DESC, currency) AS place
  FROM spent
  WHERE currency IS NOT NULL
  GROUP BY currency
),
-- Before the words are fetched: sorting narrow rows is cheaper.
ranked AS MATERIALIZED (
  SELECT s.*, ROW_NUMBER() OVER (ORDER BY k.place, s.cost DESC NULLS LAST, s.chat_id) AS rank
  FROM spent s
  JOIN currencies k ON k.currency = s.currency
)
SELECT
  r.rank,
  h.id AS chat_id,
  COALESCE(NULLIF(h.title, ''), h.remote_id) AS title,
  u.id AS user_id,
  {{person}} AS user,
  h.instance_id,
  {{instance_name}} AS instance,
  r.currency,
  r.cost,
  r.billed_cost,
  r.provisional_cost,
  r.list_price_cost,
  r.tokens,
  w.distinct_generations,
  w.unknown AS unknown_cost_generations
FROM ranked r
JOIN whole w ON w.chat_id = r.chat_id
JOIN main.chats h ON h.id = r.chat_id
JOIN main.users u ON u.id = {{user(h.user_id)}}
JOIN main.instances i ON i.id = h.instance_id
