-- Schema 6. Prices that an administrator confirmed, what was billed, budgets, and what each generation cost.

CREATE TABLE prices (
  id                   INTEGER PRIMARY KEY,
  instance_id          INTEGER REFERENCES instances (id), -- NULL: on every instance that has no price of its own
  model_id             TEXT NOT NULL,                     -- the model's own id
  valid_from           TEXT NOT NULL,                     -- UTC day as YYYY-MM-DD; the newest one not after a generation counts
  valid_from_day       INTEGER NOT NULL,                  -- the same in UTC days since 1970-01-01
  currency             TEXT NOT NULL,                     -- ISO 4217
  input_per_million    REAL NOT NULL,                     -- per 1,000,000 tokens
  cached_per_million   REAL,                              -- NULL: cached input costs as any other
  output_per_million   REAL NOT NULL,
  per_request          REAL NOT NULL DEFAULT 0,
  source               TEXT NOT NULL,                     -- starter: confirmed from the starter list; admin: entered
  sync_datetime        TEXT NOT NULL,                     -- when it was confirmed
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0
);

-- What a cloud billed for a model, by UTC day: takes precedence over list prices.
CREATE TABLE billed_costs (
  instance_id          INTEGER NOT NULL REFERENCES instances (id),
  model_id             TEXT NOT NULL,
  utc_day              INTEGER NOT NULL,
  resource             TEXT NOT NULL,
  currency             TEXT NOT NULL,
  cost                 REAL NOT NULL,
  is_final             INTEGER NOT NULL DEFAULT 0,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (instance_id, model_id, utc_day, resource, currency)
) WITHOUT ROWID;

CREATE TABLE budgets (
  id                   INTEGER PRIMARY KEY,
  instance_id          INTEGER REFERENCES instances (id), -- NULL: all instances together
  currency             TEXT NOT NULL,
  monthly_amount       REAL NOT NULL,                     -- per calendar month of the mirror's zone
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0
);
