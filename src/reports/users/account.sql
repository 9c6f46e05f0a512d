-- Accounts that could write: there at the end of the period, not deleted since, not pending. Merged ones are one.
account AS MATERIALIZED (
  SELECT
    {{user(u.id)}} AS user_id,
    MIN({{day_of(u.created_at)}}) AS created_day,
    MAX(u.last_active_at) AS last_active_at
  FROM main.users u
  WHERE {{people}} AND u.is_deleted = 0 AND u.role <> 'pending' AND COALESCE({{day_of(u.created_at)}}, 0) <= :to_day
  GROUP BY {{user(u.id)}}
)
