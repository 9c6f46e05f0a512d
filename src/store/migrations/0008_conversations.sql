-- Schema 8. Public view of conversations; reports read it from one index alone.

DROP INDEX message_by_chat;
CREATE INDEX message_by_chat ON message (
  chat_id, day, instance_id, role, user_id, is_copy, is_deleted, input_tokens, output_tokens, is_active_branch, parent_id,
  created_at_epoch
);

-- One row per chat with a turn or a generation. Counts are of what the chat holds, or held when it was deleted; messages
-- that were removed from a chat that is still there are left out. The path is the branch that the chat shows.
CREATE VIEW v_chats AS
SELECT
  s.chat_id,                                    -- chats.id
  c.instance_id,
  c.user_id,                                    -- the owner, users.id
  c.title,                                      -- NULL: none, or not kept
  c.folder_id,
  c.share_id IS NOT NULL AS is_shared,
  c.archived AS is_archived,
  c.is_deleted,
  s.messages,                                   -- turns and generations on all branches
  s.turns,
  s.path_messages,                              -- of them on the path; NULL: the path is not known
  s.path_turns,
  -- Turns beyond the first below one message: other wordings of it. Where all turns are on the path there are none.
  CASE WHEN s.turns = s.path_turns THEN 0 ELSE (
    SELECT COUNT(*) - COUNT(DISTINCT COALESCE(e.parent_id, 0))
    FROM message e
    WHERE e.chat_id = s.chat_id AND e.role = 'user' AND e.is_deleted = c.is_deleted
  ) END AS edits,
  s.first_day,                                  -- local days since 1970-01-01 of the first and the last message
  s.last_day,
  s.first_at_epoch,
  s.last_at_epoch,
  -- How the path ends: answered, failed (its answer ended with an error), unanswered (a turn, or an answer that never ended),
  -- open (the same less than ten minutes before the instance's last sync), NULL: not known.
  (
    SELECT CASE
      WHEN e.role = 'assistant' AND e.is_error = 1 THEN 'failed'
      WHEN e.role = 'assistant' AND e.is_done = 1 THEN 'answered'
      WHEN e.created_at_epoch <= i.last_sync_epoch - 600 THEN 'unanswered'
      ELSE 'open'
    END
    FROM message e
    JOIN instances i ON i.id = e.instance_id
    WHERE e.remote_id = c.current_message_id AND e.chat_id = c.id AND e.role IN ('user', 'assistant')
  ) AS outcome
FROM (
  SELECT
    k.id AS chat_id,
    COUNT(*) AS messages,
    COUNT(*) FILTER (WHERE m.role = 'user') AS turns,
    NULLIF(COUNT(*) FILTER (WHERE m.is_active_branch = 1), 0) AS path_messages,
    CASE WHEN MAX(m.is_active_branch) = 1
      THEN COUNT(*) FILTER (WHERE m.is_active_branch = 1 AND m.role = 'user') END AS path_turns,
    MIN(m.day) AS first_day,
    MAX(m.day) AS last_day,
    MIN(m.created_at_epoch) AS first_at_epoch,
    MAX(m.created_at_epoch) AS last_at_epoch
  FROM chats k
  JOIN message m ON m.chat_id = k.id AND m.is_deleted = k.is_deleted
  WHERE m.role IN ('user', 'assistant')
  GROUP BY k.id
) s
CROSS JOIN chats c ON c.id = s.chat_id; -- as SQLite should do it: each chat of the index once
