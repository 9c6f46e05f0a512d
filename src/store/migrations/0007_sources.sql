-- Schema 7. What messages use besides a model: files, knowledge bases, web searches, tools.

CREATE TABLE message_sources (
  message_id           INTEGER NOT NULL REFERENCES message (id),
  kind                 TEXT NOT NULL,             -- file, knowledge, web, tool
  use                  TEXT NOT NULL,             -- attached: the turn carries it; cited: retrieval gave it to the answer; called
  remote_id            TEXT NOT NULL,             -- id of the file or knowledge base, name of the tool; '' for the web
  instance_id          INTEGER NOT NULL,
  chat_id              INTEGER NOT NULL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (message_id, kind, use, remote_id)
) WITHOUT ROWID;

ALTER TABLE instances ADD COLUMN sync_user_id INTEGER; -- users.id of the account that syncs; NULL: not known
