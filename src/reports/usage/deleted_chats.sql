-- Chats of the period that are not on the server any more; their usage stays in all numbers.
SELECT COUNT(*) AS deleted_chats
FROM main.chats c
WHERE c.is_deleted = 1
  AND EXISTS (SELECT 1 FROM main.message m WHERE m.chat_id = c.id AND {{in_period_by_index}})
