/** The three queries that users of the database were promised, word by word. */
export const PROMISED_QUERIES = {
  'messages per user': `SELECT u.name, COUNT(m.id) as message_count FROM users u JOIN chats c ON u.id = c.user_id JOIN messages m ON c.id = m.chat_id
WHERE u.instance_id = 1 AND u.is_deleted = 0 GROUP BY u.id ORDER BY message_count DESC LIMIT 10;`,
  'model usage': `SELECT cm.model_id, COUNT(*) as usage_count FROM chat_models cm JOIN chats c ON cm.chat_id = c.id
WHERE c.instance_id = 1 AND c.is_deleted = 0 GROUP BY cm.model_id ORDER BY usage_count DESC;`,
  'daily volume': `SELECT DATE(created_at) as date, COUNT(*) as messages FROM messages WHERE instance_id = 1 GROUP BY date ORDER BY date DESC LIMIT 30;`,
} as const;
