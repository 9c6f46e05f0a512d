-- Schema 3. Sealed files of older message text; message.content_shard names the row.

CREATE TABLE content_shards (
  id                   INTEGER PRIMARY KEY,        -- never given twice
  name                 TEXT NOT NULL UNIQUE,       -- file below content/
  message_count        INTEGER NOT NULL,
  text_bytes           INTEGER NOT NULL,           -- UTF-8, without the search index
  file_bytes           INTEGER NOT NULL,
  sync_datetime        TEXT NOT NULL,              -- when it was sealed
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0  -- 1: no message names it any more
);
