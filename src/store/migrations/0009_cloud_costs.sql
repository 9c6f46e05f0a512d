-- Schema 9. What a cloud billed, as it was billed, and how it was spread over generations. Amounts are integers of 1e-8 of
-- their currency (the precision of Azure's API) with a REAL twin for reading; currencies are never added.

DROP VIEW v_cost;
DROP VIEW v_billed_rates;
DROP VIEW v_model_bases;
DROP TABLE billed_costs;

-- Where costs come from: one per scope of a cloud, or per scope that imported files name.
CREATE TABLE cost_scopes (
  id                   INTEGER PRIMARY KEY,
  source               TEXT NOT NULL,                     -- azure: read from Cost Management; import: from files
  scope                TEXT NOT NULL,                     -- such as subscriptions/…; lower case, no slash at its ends
  name                 TEXT NOT NULL,
  last_sync            TEXT,                              -- last run that ended well, or read a part
  last_sync_epoch      INTEGER,
  retry_after          TEXT,                              -- throttled until then
  retry_after_epoch    INTEGER,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,        -- 1: disconnected
  UNIQUE (source, scope)
);

CREATE TABLE cost_sync_runs (
  id                   INTEGER PRIMARY KEY,
  scope_id             INTEGER NOT NULL REFERENCES cost_scopes (id),
  trigger              TEXT NOT NULL,                     -- manual, schedule, startup, import
  status               TEXT NOT NULL,                     -- running, ok, partial, failed, cancelled, throttled
  started_at           TEXT NOT NULL,
  started_at_epoch     INTEGER NOT NULL,
  finished_at          TEXT,
  finished_at_epoch    INTEGER,
  months               INTEGER NOT NULL DEFAULT 0,        -- months and cost types that were read and kept
  rows_seen            INTEGER NOT NULL DEFAULT 0,
  rows_changed         INTEGER NOT NULL DEFAULT 0,        -- added, changed or marked deleted
  restated_days        INTEGER NOT NULL DEFAULT 0,
  calls                INTEGER NOT NULL DEFAULT 0,
  waited_ms            INTEGER NOT NULL DEFAULT 0,
  error                TEXT,
  notes                TEXT NOT NULL DEFAULT '[]',        -- JSON array of sentences: what no number tells
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX cost_sync_runs_by_scope ON cost_sync_runs (scope_id, started_at_epoch);

-- Months that were read, also those without any cost.
CREATE TABLE cost_months (
  scope_id             INTEGER NOT NULL REFERENCES cost_scopes (id),
  cost_type            TEXT NOT NULL,                     -- actual, amortized
  month                TEXT NOT NULL,                     -- YYYY-MM, UTC
  state                TEXT NOT NULL,                     -- open: figures may change; closed
  known_to_day         INTEGER NOT NULL,                  -- last UTC day that the answer covers
  run_id               INTEGER NOT NULL REFERENCES cost_sync_runs (id),
  fetched_at           TEXT NOT NULL,
  fetched_at_epoch     INTEGER NOT NULL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope_id, cost_type, month)
) WITHOUT ROWID;

-- The cloud's own total of a month, asked without grouping: what its rows must add up to.
CREATE TABLE cost_month_totals (
  scope_id             INTEGER NOT NULL REFERENCES cost_scopes (id),
  cost_type            TEXT NOT NULL,
  month                TEXT NOT NULL,
  currency             TEXT NOT NULL,                     -- ISO 4217
  control_e8           INTEGER NOT NULL,                  -- imported files have no total of their own: the sum of their rows
  control              REAL GENERATED ALWAYS AS (control_e8 / 1e8) VIRTUAL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope_id, cost_type, month, currency)
) WITHOUT ROWID;

-- One row per UTC day, resource, meter and kind of charge, as billed.
CREATE TABLE cost_daily (
  id                   INTEGER PRIMARY KEY,
  scope_id             INTEGER NOT NULL REFERENCES cost_scopes (id),
  cost_type            TEXT NOT NULL,                     -- actual, amortized: the same cost seen twice, never to be added
  utc_day              INTEGER NOT NULL,                  -- UTC days since 1970-01-01
  date                 TEXT NOT NULL,                     -- the same as YYYY-MM-DD
  resource_id          TEXT NOT NULL DEFAULT '',          -- lower case; '': none
  meter                TEXT NOT NULL DEFAULT '',          -- as the cloud names it
  meter_subcategory    TEXT NOT NULL DEFAULT '',
  charge_type          TEXT NOT NULL DEFAULT 'Usage',     -- Usage, Purchase, Refund, Tax, Credit, ... as the cloud names it
  tag                  TEXT NOT NULL DEFAULT '',          -- value of the tag that the scope is read by; '': none
  currency             TEXT NOT NULL,
  cost_e8              INTEGER NOT NULL,                  -- negative: given back
  cost                 REAL GENERATED ALWAYS AS (cost_e8 / 1e8) VIRTUAL,
  quantity             REAL,                              -- in the meter's own unit: never to be added over meters
  unit                 TEXT,                              -- where the source names it
  service              TEXT,                              -- where the source names it beside the meter
  publisher_type       TEXT,
  run_id               INTEGER NOT NULL REFERENCES cost_sync_runs (id),
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,        -- 1: not billed any more
  UNIQUE (scope_id, cost_type, utc_day, resource_id, meter, meter_subcategory, charge_type, tag, currency)
);
CREATE INDEX cost_daily_by_day ON cost_daily (cost_type, utc_day);

-- The same cost by service, with Azure's own figure in US dollars.
CREATE TABLE cost_service_daily (
  scope_id             INTEGER NOT NULL REFERENCES cost_scopes (id),
  cost_type            TEXT NOT NULL,
  utc_day              INTEGER NOT NULL,
  date                 TEXT NOT NULL,
  service              TEXT NOT NULL,
  publisher_type       TEXT NOT NULL,
  currency             TEXT NOT NULL,
  cost_e8              INTEGER NOT NULL,
  cost                 REAL GENERATED ALWAYS AS (cost_e8 / 1e8) VIRTUAL,
  cost_usd             REAL,
  run_id               INTEGER NOT NULL REFERENCES cost_sync_runs (id),
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope_id, cost_type, utc_day, service, publisher_type, currency)
) WITHOUT ROWID;

-- Days whose billed amount was another one when they were read before.
CREATE TABLE cost_restatements (
  id                   INTEGER PRIMARY KEY,
  scope_id             INTEGER NOT NULL REFERENCES cost_scopes (id),
  cost_type            TEXT NOT NULL,
  utc_day              INTEGER NOT NULL,
  date                 TEXT NOT NULL,
  currency             TEXT NOT NULL,
  old_e8               INTEGER NOT NULL,
  new_e8               INTEGER NOT NULL,
  run_id               INTEGER NOT NULL REFERENCES cost_sync_runs (id),
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0
);

-- What became of each row of cost_daily: its shares add up to it exactly. Derived: made anew when rows, usage or the map change.
CREATE TABLE cost_shares (
  cost_id              INTEGER NOT NULL REFERENCES cost_daily (id),
  part                 INTEGER NOT NULL,                  -- 1, 2, ... within the row
  kind                 TEXT NOT NULL,                     -- allocated; unallocated; unmapped: its resource serves no instance; other: no usage
  instance_id          INTEGER REFERENCES instances (id), -- NULL: no instance (unmapped, other), or none of several
  model_id             TEXT,                              -- of allocated: the model's own id
  method               TEXT,                              -- of allocated: tokens, listCost, turns, activeUsers, even
  reason               TEXT,                              -- of the others, a word: see docs/schema.md
  coverage             REAL,                              -- own tokens / billed tokens of the row; NULL: unknown
  cost_e8              INTEGER NOT NULL,
  cost                 REAL GENERATED ALWAYS AS (cost_e8 / 1e8) VIRTUAL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (cost_id, part)
) WITHOUT ROWID;

-- What distinct generations were billed; of one instance, model, UTC day and cost type all in one currency. Derived as cost_shares.
CREATE TABLE generation_costs (
  generation_id        INTEGER NOT NULL REFERENCES message (id),
  cost_type            TEXT NOT NULL,
  currency             TEXT NOT NULL,
  cost_e8              INTEGER NOT NULL,
  is_final             INTEGER NOT NULL,                  -- 0: its month is open
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (generation_id, cost_type)
) WITHOUT ROWID;

-- UTC days with billed costs, and whether these are spread over the use that is here now.
CREATE TABLE cost_days (
  utc_day              INTEGER PRIMARY KEY,
  rules                INTEGER NOT NULL DEFAULT 0,        -- which version of the arithmetic spread them
  is_spread            INTEGER NOT NULL DEFAULT 0,        -- 0: rows, use or map have changed since
  uses_prices          INTEGER NOT NULL DEFAULT 0,        -- 1: some of them go by list cost
  sync_datetime        TEXT NOT NULL DEFAULT '',
  sync_datetime_epoch  INTEGER NOT NULL DEFAULT 0,
  is_deleted           INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX cost_days_to_spread ON cost_days (utc_day) WHERE is_spread = 0;

-- Whatever changes what a day's costs are spread over notes it here: nothing has to be compared to find it.
CREATE TRIGGER cost_daily_inserted AFTER INSERT ON cost_daily
BEGIN
  INSERT INTO cost_days (utc_day) VALUES (NEW.utc_day) ON CONFLICT (utc_day) DO UPDATE SET is_spread = 0;
END;
CREATE TRIGGER cost_daily_updated AFTER UPDATE ON cost_daily
BEGIN
  UPDATE cost_days SET is_spread = 0 WHERE utc_day IN (OLD.utc_day, NEW.utc_day);
END;
CREATE TRIGGER cost_daily_deleted AFTER DELETE ON cost_daily
BEGIN
  UPDATE cost_days SET is_spread = 0 WHERE utc_day = OLD.utc_day;
END;
CREATE TRIGGER cost_use_inserted AFTER INSERT ON message WHEN NEW.role = 'assistant' AND NEW.is_copy = 0
BEGIN
  UPDATE cost_days SET is_spread = 0 WHERE utc_day = NEW.created_at_epoch / 86400;
END;
CREATE TRIGGER cost_use_updated AFTER UPDATE OF
  role, model_id, user_id, parent_id, created_at_epoch, is_copy, input_tokens, cached_tokens, output_tokens ON message
WHEN (NEW.role = 'assistant' OR OLD.role = 'assistant') AND (
  NEW.role <> OLD.role OR NEW.model_id IS NOT OLD.model_id OR NEW.user_id <> OLD.user_id
  OR NEW.parent_id IS NOT OLD.parent_id OR NEW.created_at_epoch <> OLD.created_at_epoch OR NEW.is_copy <> OLD.is_copy
  OR NEW.input_tokens IS NOT OLD.input_tokens OR NEW.cached_tokens IS NOT OLD.cached_tokens
  OR NEW.output_tokens IS NOT OLD.output_tokens)
BEGIN
  UPDATE cost_days SET is_spread = 0 WHERE utc_day IN (OLD.created_at_epoch / 86400, NEW.created_at_epoch / 86400);
END;
-- What has moved to another day was billed nothing on this one.
CREATE TRIGGER cost_use_moved AFTER UPDATE OF created_at_epoch ON message
WHEN NEW.created_at_epoch / 86400 <> OLD.created_at_epoch / 86400
BEGIN
  DELETE FROM generation_costs WHERE generation_id = NEW.id;
END;
CREATE TRIGGER cost_models_inserted AFTER INSERT ON models WHEN NEW.base_model_id IS NOT NULL
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_models_updated AFTER UPDATE OF base_model_id ON models
WHEN NEW.base_model_id IS NOT OLD.base_model_id
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_instances_inserted AFTER INSERT ON instances
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_instances_deleted AFTER DELETE ON instances
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_prices_inserted AFTER INSERT ON prices
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1 AND uses_prices = 1; END;
CREATE TRIGGER cost_prices_updated AFTER UPDATE ON prices
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1 AND uses_prices = 1; END;
CREATE TRIGGER cost_scopes_updated AFTER UPDATE OF source, is_deleted ON cost_scopes
WHEN NEW.source <> OLD.source OR NEW.is_deleted <> OLD.is_deleted
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;

-- What applies to all numbers, as analysis.json says; one row.
CREATE TABLE analysis_settings (
  id                   INTEGER PRIMARY KEY CHECK (id = 1),
  cost_type            TEXT NOT NULL,                     -- actual or amortized: which view of billed cost v_cost takes
  allocation           TEXT NOT NULL,                     -- auto, allocated, attributed
  content_hash         TEXT NOT NULL DEFAULT '',          -- of the analysis.json that was applied last; '': none
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0
);
INSERT INTO analysis_settings (id, cost_type, allocation, sync_datetime, sync_datetime_epoch)
VALUES (1, 'actual', 'auto', '', 0);
CREATE TRIGGER cost_allocation_updated AFTER UPDATE OF allocation ON analysis_settings
WHEN NEW.allocation <> OLD.allocation
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;

-- What each model is made of: itself, then its base model and that one's. Models that only prices name are there too.
CREATE VIEW v_model_bases AS
WITH RECURSIVE chain (instance_id, model_id, base_model_id, depth) AS (
  SELECT instance_id, model_id, model_id, 0 FROM (
    SELECT instance_id, model_id FROM models
    UNION SELECT i.id, p.model_id FROM instances i JOIN prices p ON p.is_deleted = 0)
  UNION ALL
  SELECT c.instance_id, c.model_id, m.base_model_id, c.depth + 1
  FROM chain c JOIN models m ON m.instance_id = c.instance_id AND m.model_id = c.base_model_id
  -- A base model of its own or of each other ends here too.
  WHERE c.depth < 4 AND m.base_model_id IS NOT NULL AND m.base_model_id <> c.model_id
)
SELECT instance_id, model_id, base_model_id, depth FROM chain;

-- What each distinct generation cost (copies left out): its part of the bill, else its list price. Amounts of several
-- currencies are never to be added.
CREATE VIEW v_cost AS
SELECT
  generation_id,
  instance_id,
  chat_id,
  user_id,                                      -- the chat's owner
  model_id,
  created_at_epoch,
  day,
  date(day * 86400, 'unixepoch') AS date,
  utc_day,
  is_deleted,
  input_tokens,
  cached_tokens,
  output_tokens,
  input_tokens + output_tokens AS tokens,       -- NULL: unknown
  price_id,                                     -- prices.id; NULL: the model has no price on this day
  CASE WHEN billed_cost IS NOT NULL THEN billed_currency WHEN list_cost IS NOT NULL THEN currency
    END AS currency,                            -- of cost
  billed_cost,
  billed_is_final,                              -- 0: the bill of its month may change
  list_cost,                                    -- by list price, in its currency, also where a bill comes first
  coalesce(billed_cost, list_cost) AS cost,     -- NULL: unknown
  CASE WHEN billed_cost IS NOT NULL THEN 'billed' WHEN list_cost IS NOT NULL THEN 'list' ELSE 'unknown' END
    AS cost_source,
  -- To be added up: sums of many rows at once have the same columns (src/reports/costSql.ts).
  1 AS generations,
  coalesce(billed_cost, list_cost) IS NOT NULL AS known_generations
FROM (
  SELECT g.*, b.currency AS billed_currency, b.cost_e8 / 1e8 AS billed_cost, b.is_final AS billed_is_final
  FROM v_list_cost g
  LEFT JOIN generation_costs b ON b.generation_id = g.generation_id AND b.is_deleted = 0
    AND b.cost_type = (SELECT cost_type FROM analysis_settings)
);
