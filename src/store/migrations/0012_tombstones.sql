-- Schema 12. What was removed for good and must go elsewhere too: warehouses carry it out at their next push. Nothing here says
-- whom or what it was about beyond our own integers, which mean nothing once the rows are gone.

CREATE TABLE tombstones (
  id                   INTEGER PRIMARY KEY,               -- drawn at random: never the same before and after a restore
  kind                 TEXT NOT NULL,                     -- person, privacy, instance
  instance_id          INTEGER NOT NULL,                  -- instances.id, also of one that is gone
  user_id              INTEGER,                           -- of person: users.id that the account had
  mode                 TEXT,                              -- of privacy: the mode that came into force
  created_at           TEXT NOT NULL,
  created_at_epoch     INTEGER NOT NULL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0
);
