-- Accounts by segment, the most used to it first.
WITH {{habit}},
{{account}},
{{segment}},
counted AS (
  SELECT segment, COUNT(*) AS accounts FROM segment GROUP BY segment
)
SELECT
  n.rank,
  n.segment,
  n.meaning,
  COALESCE(c.accounts, 0) AS accounts,
  1.0 * COALESCE(c.accounts, 0) / NULLIF(SUM(c.accounts) OVER (), 0) AS account_share
FROM (
  SELECT 1 AS rank, 'Power' AS segment, 'Active in 9 of 12 weeks, 15 turns a week or more' AS meaning
  UNION ALL SELECT 2, 'Habitual', 'Active in 9 of 12 weeks'
  UNION ALL SELECT 3, 'Novice', 'One turn a week or more, on average'
  UNION ALL SELECT 4, 'Low', 'Fewer turns'
  UNION ALL SELECT 5, 'Non-user', 'No turn in 12 weeks'
  UNION ALL SELECT 6, 'Too new', 'Accounts of less than 4 weeks'
) n
LEFT JOIN counted c ON c.segment = n.segment
ORDER BY n.rank
