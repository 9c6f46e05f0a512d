-- What a conversation cost in the period, by currency: the smallest cost that this share of them does not exceed.
WITH spent AS MATERIALIZED (
  SELECT c.chat_id, c.currency, {{cost}} AS cost
  FROM (
    -- Sorting within each chat alone is cheaper than grouping all rows.
    SELECT {{chat(c)}} AS chat_id, c.currency, c.cost
    FROM {{by_owner(c)}}
    WHERE {{in_period(c)}}
    ORDER BY {{chat(c)}}, c.currency
  ) c
  WHERE c.cost IS NOT NULL
  GROUP BY c.chat_id, c.currency
),
placed AS (
  SELECT
    currency,
    cost,
    ROW_NUMBER() OVER (PARTITION BY currency ORDER BY cost) AS place,
    COUNT(*) OVER (PARTITION BY currency) AS chats
  FROM spent
)
SELECT
  currency,
  MAX(chats) AS priced_chats,
  SUM(cost) / MAX(chats) AS mean_cost,
  MIN(CASE WHEN place >= 0.5 * chats THEN cost END) AS median_cost,
  MIN(CASE WHEN place >= 0.9 * chats THEN cost END) AS p90_cost,
  MIN(CASE WHEN place >= 0.95 * chats THEN cost END) AS p95_cost,
  MAX(cost) AS most_cost
FROM placed
GROUP BY currency
ORDER BY priced_chats DESC, currency
