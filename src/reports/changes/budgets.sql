-- Budgets of the instances, and of all together (instance_id NULL) where the report leaves nothing out.
SELECT b.instance_id, b.currency, b.monthly_amount
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
ORDER BY b.instance_id NULLS FIRST, b.currency
