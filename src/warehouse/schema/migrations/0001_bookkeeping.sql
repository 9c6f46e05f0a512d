-- What a warehouse knows of itself. Its other tables are the mirror's.

CREATE TABLE warehouse_meta (
  key    text PRIMARY KEY,
  value  text NOT NULL
);

-- Erasures, stricter privacy modes and removed instances that were carried out here, by the mirror's ids of them.
CREATE TABLE warehouse_tombstones (
  id          bigint PRIMARY KEY,
  applied_at  timestamptz NOT NULL DEFAULT now()
);

-- Pushes that came to their end, those aside that had nothing to do.
CREATE TABLE warehouse_pushes (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  started_at      timestamptz NOT NULL,
  finished_at     timestamptz NOT NULL DEFAULT now(),
  generation      bigint NOT NULL,   -- of the mirror's files
  is_full         boolean NOT NULL,  -- all rows were compared
  inserted        bigint NOT NULL,
  updated         bigint NOT NULL,
  marked          bigint NOT NULL,
  deleted         bigint NOT NULL,
  tombstones      bigint NOT NULL,
  requests        bigint NOT NULL,
  client_version  text NOT NULL
);
