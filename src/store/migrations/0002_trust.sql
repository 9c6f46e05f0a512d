-- Schema 2. Groups and feedback, why a run did what it did, what was held back, and what must not be stored.

CREATE TABLE user_groups (
  id                   INTEGER PRIMARY KEY,
  instance_id          INTEGER NOT NULL REFERENCES instances (id),
  remote_id            TEXT NOT NULL,
  name                 TEXT,
  description          TEXT,
  member_count         INTEGER NOT NULL DEFAULT 0, -- members that are not deleted
  created_at           TEXT,
  created_at_epoch     INTEGER,
  updated_at           TEXT,
  updated_at_epoch     INTEGER,
  row_hash             TEXT NOT NULL,
  first_seen_run       INTEGER,
  last_changed_run     INTEGER,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  UNIQUE (instance_id, remote_id)
);

-- Who belongs to which group; a membership that ended is kept and marked, so that its time is known.
CREATE TABLE group_members (
  group_id             INTEGER NOT NULL REFERENCES user_groups (id),
  user_id              INTEGER NOT NULL REFERENCES users (id),
  instance_id          INTEGER NOT NULL,
  first_seen_at        TEXT NOT NULL, -- first sync that saw it
  first_seen_at_epoch  INTEGER NOT NULL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (group_id, user_id)
) WITHOUT ROWID;
CREATE INDEX group_members_by_user ON group_members (user_id);

-- Ratings as the server keeps them apart; the same rating is in message.rating: count one of the two.
CREATE TABLE feedback (
  id                   INTEGER PRIMARY KEY,
  instance_id          INTEGER NOT NULL REFERENCES instances (id),
  remote_id            TEXT NOT NULL,
  user_id              INTEGER REFERENCES users (id), -- NULL: the server named none
  chat_remote_id       TEXT,                          -- chats.remote_id; the chat may be gone
  message_remote_id    TEXT,                          -- message.remote_id within that chat
  model_id             TEXT,                          -- the model that was rated
  sibling_model_ids    TEXT NOT NULL DEFAULT '[]',    -- JSON array: models that answered beside it
  rating               INTEGER,                       -- 1, -1 or NULL
  score                INTEGER,                       -- 1 to 10 or NULL
  reason               TEXT,
  comment              TEXT,
  tags                 TEXT NOT NULL DEFAULT '[]',    -- JSON array
  is_arena             INTEGER NOT NULL DEFAULT 0,
  created_at           TEXT,
  created_at_epoch     INTEGER,
  updated_at           TEXT,
  updated_at_epoch     INTEGER,
  row_hash             TEXT NOT NULL,
  first_seen_run       INTEGER,
  last_changed_run     INTEGER,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  UNIQUE (instance_id, remote_id)
);

-- Rows that the server says are gone, but too many at once: kept as they were until a person agrees.
CREATE TABLE held_deletions (
  instance_id          INTEGER NOT NULL REFERENCES instances (id),
  stream               TEXT NOT NULL,
  remote_id            TEXT NOT NULL,
  reason               TEXT NOT NULL, -- many, emptied, serverReplaced, serverRestored
  since_at             TEXT NOT NULL,
  since_at_epoch       INTEGER NOT NULL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0, -- 1: agreed to, or the row came back
  PRIMARY KEY (instance_id, stream, remote_id)
) WITHOUT ROWID;

-- People who were erased and must not be mirrored again, as hashes of their remote ids.
CREATE TABLE erased_people (
  instance_id          INTEGER NOT NULL REFERENCES instances (id),
  person_hash          TEXT NOT NULL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (instance_id, person_hash)
) WITHOUT ROWID;

ALTER TABLE instances ADD COLUMN privacy TEXT NOT NULL DEFAULT 'full'; -- full, names, pseudonyms, counts
ALTER TABLE instances ADD COLUMN last_complete_walk TEXT;              -- last run that looked at everybody
ALTER TABLE instances ADD COLUMN last_complete_walk_epoch INTEGER;
UPDATE instances SET last_complete_walk = last_full_sync, last_complete_walk_epoch = last_full_sync_epoch;
ALTER TABLE instances ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;  -- failed runs in a row
ALTER TABLE instances ADD COLUMN next_allowed_at TEXT;                 -- the timer leaves the server alone until then
ALTER TABLE instances ADD COLUMN next_allowed_at_epoch INTEGER;

ALTER TABLE sync_runs ADD COLUMN walk TEXT NOT NULL DEFAULT 'active';  -- active: users who were active; complete: everybody
ALTER TABLE sync_runs ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';     -- JSON array of {code, message}: what a reader should know
ALTER TABLE sync_runs ADD COLUMN expected_requests INTEGER;             -- what the run was thought to cost before it began
UPDATE sync_runs SET walk = 'complete' WHERE kind = 'full';

ALTER TABLE sync_run_streams ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;

ALTER TABLE sync_state ADD COLUMN problem_code TEXT;                   -- why the stream cannot be read, NULL: it can
ALTER TABLE sync_state ADD COLUMN problem_since TEXT;
ALTER TABLE sync_state ADD COLUMN problem_since_epoch INTEGER;
ALTER TABLE sync_state ADD COLUMN problem_tried_epoch INTEGER;         -- last time that it was tried

CREATE VIEW chat_tags AS
  SELECT c.instance_id, c.id AS chat_id, t.value AS tag, c.sync_datetime, c.is_deleted
  FROM chats c, json_each(c.tags) t;

-- When each stream was last read from its beginning to its end, and since when it cannot be read.
CREATE VIEW stream_freshness AS
  SELECT instance_id, stream, last_complete_at, last_complete_at_epoch, problem_code, problem_since,
    sync_datetime, is_deleted
  FROM sync_state WHERE scope = '';
