-- The budget of the month by currency: of the one instance that the report is about, or of all together where it leaves none
-- out. A budget is not compared with a part of the cost.
SELECT currency, monthly_amount
FROM (
  SELECT
    b.currency,
    b.monthly_amount,
    ROW_NUMBER() OVER (PARTITION BY b.currency ORDER BY b.instance_id IS NULL) AS place
  FROM main.budgets b
  WHERE b.is_deleted = 0
    AND :users = '[]' AND :groups = '[]' AND :roles = '[]' AND :models = '[]'
    AND (
      ((SELECT COUNT(*) FROM {{rows(:instances)}}) = 1 AND b.instance_id IN {{list(:instances)}})
      OR (
        b.instance_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM main.instances i WHERE i.is_deleted = 0 AND i.id NOT IN {{list(:instances)}})
      )
    )
) own_first
WHERE place = 1
