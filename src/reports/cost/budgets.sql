-- Budgets of the month: of the instances of the report, and of all together (instance_id NULL) where it leaves none out. A
-- budget is not compared with a part of the cost.
SELECT
  b.instance_id,
  (SELECT {{instance_name}} FROM main.instances i WHERE i.id = b.instance_id) AS instance,
  b.currency,
  b.monthly_amount,
  (SELECT COUNT(*) FROM {{rows(:instances)}}) AS instances
FROM main.budgets b
WHERE b.is_deleted = 0
  AND :users = '[]' AND :groups = '[]' AND :roles = '[]' AND :models = '[]'
  AND (
    b.instance_id IN {{list(:instances)}}
    OR (
      b.instance_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM main.instances i WHERE i.is_deleted = 0 AND i.id NOT IN {{list(:instances)}})
    )
  )
ORDER BY b.instance_id IS NOT NULL, b.instance_id, b.currency
