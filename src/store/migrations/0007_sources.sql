-- Schema 7. What messages use besides a model: files, knowledge bases, web searches, tools.

CREATE TABLE message_sources (
  message_id           INTEGER NOT NULL REFERENCES message (id),
  kind                 TEXT NOT NULL,             -- file, knowledge, web, tool
  use                  TEXT NOT NULL,             -- attached: the turn carries it; cited: the answer was given it; called: it was run
  remote_id            TEXT NOT NULL,             -- files.remote_id, knowledge_bases.remote_id, name of the tool; '' for the web
  times                INTEGER NOT NULL,          -- calls of a tool in this message; 1 of the others
  instance_id          INTEGER NOT NULL REFERENCES instances (id),
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (message_id, kind, use, remote_id)
) WITHOUT ROWID;
CREATE INDEX message_sources_by_source ON message_sources (instance_id, kind, remote_id, use, times);

-- 0: its messages were last read by a version that did not note sources; a full sync reads them again.
ALTER TABLE chats ADD COLUMN has_sources INTEGER NOT NULL DEFAULT 0;
CREATE INDEX chats_without_sources ON chats (instance_id) WHERE has_sources = 0;

ALTER TABLE instances ADD COLUMN sync_user_id INTEGER REFERENCES users (id); -- the account that syncs; NULL: not known

-- Public view: one row per use of something by a message, with the file and the knowledge base that it leads to.
CREATE VIEW v_sources AS
SELECT
  s.message_id,                                 -- messages.id
  s.instance_id,
  m.chat_id,
  m.user_id,                                    -- the chat's owner
  CASE m.role WHEN 'user' THEN m.id ELSE m.parent_id END AS turn_id, -- the turn itself or that which is answered
  m.model_id,                                   -- of an answer
  m.created_at,
  m.day,                                        -- local days since 1970-01-01
  date(m.day * 86400, 'unixepoch') AS date,
  m.is_copy,
  m.is_deleted,
  s.kind,
  s.use,
  s.remote_id,
  s.times,
  -- files.id; NULL: no file, or one that the mirror never saw.
  CASE s.kind WHEN 'file' THEN
    (SELECT f.id FROM files f WHERE f.instance_id = s.instance_id AND f.remote_id = s.remote_id)
  END AS file_id,
  -- knowledge_bases.id: the base itself, or that of the file.
  CASE s.kind
    WHEN 'knowledge' THEN
      (SELECT k.id FROM knowledge_bases k WHERE k.instance_id = s.instance_id AND k.remote_id = s.remote_id)
    WHEN 'file' THEN
      (SELECT f.knowledge_base_id FROM files f WHERE f.instance_id = s.instance_id AND f.remote_id = s.remote_id)
  END AS knowledge_base_id
FROM message_sources s
CROSS JOIN message m ON m.id = s.message_id;
