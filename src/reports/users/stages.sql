-- Accounts by their engagement score.
WITH {{habit}},
{{account}},
{{engaged}},
scored AS (
  SELECT {{engagement_score}} AS score FROM engaged p
),
counted AS (
  SELECT
    CASE WHEN score = 0 THEN 1 WHEN score < 25 THEN 2 WHEN score < 50 THEN 3 WHEN score < 75 THEN 4 ELSE 5 END AS rank,
    COUNT(*) AS accounts
  FROM scored
  GROUP BY 1
)
SELECT
  n.rank,
  n.stage,
  n.scores,
  COALESCE(c.accounts, 0) AS accounts,
  1.0 * COALESCE(c.accounts, 0) / NULLIF(SUM(c.accounts) OVER (), 0) AS account_share
FROM (
  SELECT 1 AS rank, 'None' AS stage, '0' AS scores
  UNION ALL SELECT 2, 'Trying', '1 to 24'
  UNION ALL SELECT 3, 'Developing', '25 to 49'
  UNION ALL SELECT 4, 'Established', '50 to 74'
  UNION ALL SELECT 5, 'Champion', '75 and more'
) n
LEFT JOIN counted c ON c.rank = n.rank
ORDER BY n.rank
