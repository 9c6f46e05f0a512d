-- Turns of a user in the span less than 30 minutes after the one before belong to one sitting. In the order of users and
-- times a sitting reaches from its first turn to the next one that is a first.
placed AS (
  SELECT
    user_id,
    ROW_NUMBER() OVER in_order AS place,
    LAG(user_id) OVER in_order = user_id AND asked_at - LAG(asked_at) OVER in_order < 1800 AS goes_on,
    COUNT(*) OVER () AS turns
  FROM (
    SELECT {{owner(t)}} AS user_id, t.created_at_epoch AS asked_at
    FROM {{by_owner(t)}}
    WHERE {{in_span(t)}}
  ) asked
  WINDOW in_order AS (ORDER BY user_id, asked_at)
),
sitting AS MATERIALIZED (
  SELECT user_id, LEAD(place, 1, turns + 1) OVER (ORDER BY place) - place AS turns
  FROM placed
  WHERE goes_on IS NOT TRUE
)
