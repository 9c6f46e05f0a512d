-- Schema 1. Public contract: docs/schema.md. Times are TEXT in the mirror's zone with an *_epoch twin (seconds, UTC), the truth.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE instances (
  id                   INTEGER PRIMARY KEY,
  name                 TEXT NOT NULL,
  url                  TEXT NOT NULL,
  version              TEXT,
  enabled              INTEGER NOT NULL DEFAULT 1,
  last_sync            TEXT,
  last_sync_epoch      INTEGER,
  last_full_sync       TEXT,
  last_full_sync_epoch INTEGER,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE users (
  id                   INTEGER PRIMARY KEY,
  instance_id          INTEGER NOT NULL REFERENCES instances (id),
  remote_id            TEXT NOT NULL,
  name                 TEXT,
  email                TEXT,
  role                 TEXT,
  created_at           TEXT,
  created_at_epoch     INTEGER,
  updated_at           TEXT,
  updated_at_epoch     INTEGER,
  last_active_at       TEXT,
  last_active_at_epoch INTEGER,
  row_hash             TEXT NOT NULL,
  first_seen_run       INTEGER,
  last_changed_run     INTEGER,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  UNIQUE (instance_id, remote_id)
);

CREATE TABLE chats (
  id                  INTEGER PRIMARY KEY,
  instance_id         INTEGER NOT NULL REFERENCES instances (id),
  remote_id           TEXT NOT NULL,
  user_id             INTEGER NOT NULL REFERENCES users (id),
  title               TEXT,
  created_at          TEXT,
  created_at_epoch    INTEGER,
  updated_at          TEXT,
  updated_at_epoch    INTEGER,
  archived            INTEGER NOT NULL DEFAULT 0,
  pinned              INTEGER NOT NULL DEFAULT 0,
  folder_id           TEXT,
  share_id            TEXT,
  tags                TEXT NOT NULL DEFAULT '[]', -- JSON array of tag ids
  current_message_id  TEXT,                       -- remote id at the end of the active branch
  message_count       INTEGER NOT NULL DEFAULT 0, -- messages that are not deleted, all branches
  is_settled          INTEGER NOT NULL DEFAULT 1, -- 0: an answer was still running when last fetched
  list_title          TEXT,                       -- title as the chat list gave it at the last fetch
  fetched_at_epoch    INTEGER,
  row_hash            TEXT NOT NULL,
  first_seen_run      INTEGER,
  last_changed_run    INTEGER,
  sync_datetime       TEXT NOT NULL,
  sync_datetime_epoch INTEGER NOT NULL,
  is_deleted          INTEGER NOT NULL DEFAULT 0,
  UNIQUE (instance_id, remote_id)
);
CREATE INDEX chats_by_user ON chats (user_id);

CREATE TABLE chat_models (
  chat_id             INTEGER NOT NULL REFERENCES chats (id),
  model_id            TEXT NOT NULL, -- the model's own id
  instance_id         INTEGER NOT NULL,
  message_count       INTEGER NOT NULL,
  sync_datetime       TEXT NOT NULL,
  sync_datetime_epoch INTEGER NOT NULL,
  is_deleted          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (chat_id, model_id)
) WITHOUT ROWID;

-- Rows without text, so that reports scan little; people read the view `messages`.
CREATE TABLE message (
  id                  INTEGER PRIMARY KEY,
  instance_id         INTEGER NOT NULL,
  remote_id           TEXT NOT NULL,              -- unique per chat: copied chats repeat ids
  chat_id             INTEGER NOT NULL REFERENCES chats (id),
  parent_id           INTEGER,                    -- message.id; NULL at a root or a dangling parent
  user_id             INTEGER NOT NULL,           -- the chat's owner, users.id
  role                TEXT NOT NULL,
  model_id            TEXT,                       -- the model truly used (arena resolved)
  created_at          TEXT NOT NULL,
  created_at_epoch    INTEGER NOT NULL,
  created_at_source   TEXT NOT NULL,              -- message, ancestor or chat
  day                 INTEGER NOT NULL,           -- local days since 1970-01-01
  hour                INTEGER NOT NULL,           -- local hour 0..23
  input_tokens        INTEGER,                    -- NULL: the server told none
  output_tokens       INTEGER,
  cached_tokens       INTEGER,                    -- part of input_tokens
  reasoning_tokens    INTEGER,                    -- part of output_tokens
  usage_dialect       TEXT,
  duration_ms         INTEGER,                    -- whole generation, where the provider tells it
  output_ms           INTEGER,                    -- time of producing output tokens
  rating              INTEGER,                    -- 1, -1 or NULL
  is_error            INTEGER NOT NULL DEFAULT 0,
  is_done             INTEGER NOT NULL DEFAULT 1,
  is_arena            INTEGER NOT NULL DEFAULT 0,
  is_active_branch    INTEGER NOT NULL DEFAULT 0, -- on the path from the root to current_message_id
  is_copy             INTEGER NOT NULL DEFAULT 0, -- the same remote_id stands in an older chat of the instance
  content_chars       INTEGER NOT NULL DEFAULT 0,
  dropped_images      INTEGER NOT NULL DEFAULT 0, -- inline base64 images not kept
  file_count          INTEGER NOT NULL DEFAULT 0,
  citation_count      INTEGER NOT NULL DEFAULT 0,
  tool_call_count     INTEGER NOT NULL DEFAULT 0,
  content_shard       INTEGER,                    -- NULL: text is in message_text of this file
  row_hash            TEXT NOT NULL,
  sync_datetime       TEXT NOT NULL,
  sync_datetime_epoch INTEGER NOT NULL,
  is_deleted          INTEGER NOT NULL DEFAULT 0
);
-- Chat by chat and per instance across chats: (remote_id, chat_id) serves both, one text index instead of two.
CREATE UNIQUE INDEX message_by_remote_id ON message (remote_id, chat_id);
CREATE INDEX message_by_chat ON message (chat_id);
CREATE INDEX message_by_day ON message (day, instance_id, role, user_id);

CREATE TABLE message_text (
  id      INTEGER PRIMARY KEY REFERENCES message (id),
  content TEXT NOT NULL
);

CREATE VIEW messages AS
  SELECT m.*, (SELECT t.content FROM message_text t WHERE t.id = m.id) AS content FROM message m;

-- Tokens and cost count a repeated message once per instance: the oldest chat wins.
CREATE VIEW messages_counted AS
  SELECT m.*, (SELECT t.content FROM message_text t WHERE t.id = m.id) AS content FROM message m WHERE m.is_copy = 0;

CREATE TABLE models (
  id                  INTEGER PRIMARY KEY,
  instance_id         INTEGER NOT NULL REFERENCES instances (id),
  model_id            TEXT NOT NULL,
  name                TEXT,
  base_model_id       TEXT,
  owner               TEXT, -- provider (owned_by) or the owning user's remote id
  source              TEXT NOT NULL, -- workspace or provider
  is_active           INTEGER NOT NULL DEFAULT 1,
  created_at          TEXT,
  created_at_epoch    INTEGER,
  updated_at          TEXT,
  updated_at_epoch    INTEGER,
  row_hash            TEXT NOT NULL,
  first_seen_run      INTEGER,
  last_changed_run    INTEGER,
  sync_datetime       TEXT NOT NULL,
  sync_datetime_epoch INTEGER NOT NULL,
  is_deleted          INTEGER NOT NULL DEFAULT 0,
  UNIQUE (instance_id, model_id)
);

CREATE TABLE knowledge_bases (
  id                  INTEGER PRIMARY KEY,
  instance_id         INTEGER NOT NULL REFERENCES instances (id),
  remote_id           TEXT NOT NULL,
  name                TEXT,
  description         TEXT,
  user_id             INTEGER REFERENCES users (id),
  file_count          INTEGER NOT NULL DEFAULT 0,
  created_at          TEXT,
  created_at_epoch    INTEGER,
  updated_at          TEXT,
  updated_at_epoch    INTEGER,
  row_hash            TEXT NOT NULL,
  first_seen_run      INTEGER,
  last_changed_run    INTEGER,
  sync_datetime       TEXT NOT NULL,
  sync_datetime_epoch INTEGER NOT NULL,
  is_deleted          INTEGER NOT NULL DEFAULT 0,
  UNIQUE (instance_id, remote_id)
);

CREATE TABLE files (
  id                  INTEGER PRIMARY KEY,
  instance_id         INTEGER NOT NULL REFERENCES instances (id),
  remote_id           TEXT NOT NULL,
  filename            TEXT,
  content_type        TEXT,
  size                INTEGER, -- bytes
  user_id             INTEGER REFERENCES users (id),
  knowledge_base_id   INTEGER REFERENCES knowledge_bases (id),
  created_at          TEXT,
  created_at_epoch    INTEGER,
  updated_at          TEXT,
  updated_at_epoch    INTEGER,
  row_hash            TEXT NOT NULL,
  first_seen_run      INTEGER,
  last_changed_run    INTEGER,
  sync_datetime       TEXT NOT NULL,
  sync_datetime_epoch INTEGER NOT NULL,
  is_deleted          INTEGER NOT NULL DEFAULT 0,
  UNIQUE (instance_id, remote_id)
);

CREATE TABLE sync_runs (
  id                  INTEGER PRIMARY KEY,
  run_id              TEXT NOT NULL UNIQUE,
  instance_id         INTEGER NOT NULL REFERENCES instances (id),
  kind                TEXT NOT NULL, -- full, incremental
  trigger             TEXT NOT NULL, -- manual, schedule, startup, cli
  status              TEXT NOT NULL, -- running, ok, partial, failed, cancelled, interrupted, deferred
  started_at          TEXT NOT NULL,
  started_at_epoch    INTEGER NOT NULL,
  finished_at         TEXT,
  finished_at_epoch   INTEGER,
  duration_ms         INTEGER,
  inserted            INTEGER NOT NULL DEFAULT 0,
  updated             INTEGER NOT NULL DEFAULT 0,
  unchanged           INTEGER NOT NULL DEFAULT 0,
  deleted             INTEGER NOT NULL DEFAULT 0,
  restored            INTEGER NOT NULL DEFAULT 0,
  quarantined         INTEGER NOT NULL DEFAULT 0,
  requests            INTEGER NOT NULL DEFAULT 0,
  retries             INTEGER NOT NULL DEFAULT 0,
  bytes_received      INTEGER NOT NULL DEFAULT 0,
  skew_ms             INTEGER, -- server clock minus local clock
  server_version      TEXT,
  client_version      TEXT,
  error_code          TEXT,
  error               TEXT,
  sync_datetime       TEXT NOT NULL,
  sync_datetime_epoch INTEGER NOT NULL,
  is_deleted          INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX sync_runs_by_instance ON sync_runs (instance_id, started_at_epoch);

CREATE TABLE sync_run_streams (
  sync_run_id         INTEGER NOT NULL REFERENCES sync_runs (id),
  stream              TEXT NOT NULL, -- users, chats, messages, models, knowledge_bases, files
  status              TEXT NOT NULL, -- ok, failed, skipped, unsupported, cancelled
  seen                INTEGER NOT NULL DEFAULT 0,
  inserted            INTEGER NOT NULL DEFAULT 0,
  updated             INTEGER NOT NULL DEFAULT 0,
  unchanged           INTEGER NOT NULL DEFAULT 0,
  deleted             INTEGER NOT NULL DEFAULT 0,
  restored            INTEGER NOT NULL DEFAULT 0,
  quarantined         INTEGER NOT NULL DEFAULT 0,
  held_back           INTEGER NOT NULL DEFAULT 0, -- deletions that the brake stopped
  error_code          TEXT,
  error               TEXT,
  sync_datetime       TEXT NOT NULL,
  sync_datetime_epoch INTEGER NOT NULL,
  is_deleted          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (sync_run_id, stream)
) WITHOUT ROWID;

-- Where each stream stands; moves only in the transaction that writes its rows.
CREATE TABLE sync_state (
  instance_id            INTEGER NOT NULL REFERENCES instances (id),
  scope                  TEXT NOT NULL DEFAULT '', -- '' for the instance, or a user's remote id
  stream                 TEXT NOT NULL,
  mark_epoch             INTEGER,                  -- server time up to which the stream is known
  walk_json              TEXT,                     -- where an unfinished walk stopped
  last_complete_at       TEXT,
  last_complete_at_epoch INTEGER,
  cursor_version         INTEGER NOT NULL DEFAULT 1,
  sync_datetime          TEXT NOT NULL,
  sync_datetime_epoch    INTEGER NOT NULL,
  is_deleted             INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (instance_id, scope, stream)
) WITHOUT ROWID;

-- What the server could not serve or we could not read; does not fail a run.
CREATE TABLE quarantine (
  instance_id         INTEGER NOT NULL REFERENCES instances (id),
  stream              TEXT NOT NULL,
  remote_id           TEXT NOT NULL,
  reason              TEXT NOT NULL,
  tries               INTEGER NOT NULL DEFAULT 1,
  first_seen_at       TEXT NOT NULL,
  first_seen_at_epoch INTEGER NOT NULL,
  last_seen_at        TEXT NOT NULL,
  last_seen_at_epoch  INTEGER NOT NULL,
  sync_datetime       TEXT NOT NULL,
  sync_datetime_epoch INTEGER NOT NULL,
  is_deleted          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (instance_id, stream, remote_id)
) WITHOUT ROWID;
