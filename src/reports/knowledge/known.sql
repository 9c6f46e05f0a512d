-- Chats that were last read before the mirror noted what messages use, and from which day on none is left, behind `WITH`.
known AS MATERIALIZED (
  SELECT
    COUNT(*) FILTER (WHERE unread.is_deleted = 0) AS unread_chats,
    COUNT(*) FILTER (WHERE unread.is_deleted = 1) AS unread_deleted_chats,
    MAX(unread.last_day) FILTER (WHERE unread.is_deleted = 0) + 1 AS known_from_day
  FROM (
    SELECT h.is_deleted, (SELECT MAX(m.day) FROM main.message m WHERE m.chat_id = h.id) AS last_day
    FROM main.chats h
    WHERE h.has_sources = 0 AND h.instance_id IN {{list(:instances)}}
  ) unread
)
