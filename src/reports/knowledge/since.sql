-- Since when it is known what messages use.
WITH {{known}},
since AS (
  SELECT
    k.*,
    COALESCE(
      k.known_from_day,
      (SELECT m.day FROM main.message m WHERE m.instance_id IN {{list(:instances)}} ORDER BY m.day LIMIT 1)
    ) AS day
  FROM known k
)
SELECT
  n.unread_chats,
  n.unread_deleted_chats,
  {{date(n.day)}} AS known_from,
  n.known_from_day > :as_of_day AS is_unknown
FROM since n
