-- Schema 10. What analysis.json says beyond prices and budgets, for SQL. Written from that file alone.

-- Which instances a cloud resource serves.
CREATE TABLE cost_resources (
  resource_id          TEXT NOT NULL,                     -- lower case; a resource group or subscription stands for all in it
  instance_id          INTEGER NOT NULL,                  -- 0: it serves none
  source               TEXT NOT NULL,                     -- admin, azure
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (resource_id, instance_id)
) WITHOUT ROWID;

-- What the names of deployments mean.
CREATE TABLE cost_deployments (
  resource_id          TEXT NOT NULL,                     -- lower case; '': on every resource
  deployment           TEXT NOT NULL,                     -- as Open WebUI names the model
  model                TEXT NOT NULL,                     -- as Azure names it
  version              TEXT,
  source               TEXT NOT NULL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (resource_id, deployment)
) WITHOUT ROWID;

-- What meters mean where their names are not enough.
CREATE TABLE cost_meters (
  meter                TEXT PRIMARY KEY,                  -- as billed
  models               TEXT,                              -- JSON array of Azure's names; NULL: all that the resource serves
  direction            TEXT NOT NULL,                     -- input, cached, output, fixed
  driver               TEXT NOT NULL,                     -- tokens, listCost, turns, activeUsers, even
  tokens_per_unit      REAL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Invoices that came, as typed in.
CREATE TABLE cost_invoices (
  scope                TEXT NOT NULL,                     -- as cost_scopes.scope; '': all in this currency
  month                TEXT NOT NULL,                     -- YYYY-MM
  currency             TEXT NOT NULL,
  amount               REAL NOT NULL,
  tax                  REAL,
  credits              REAL,                              -- set off, as a positive amount
  support              REAL,
  other_scopes         REAL,
  note                 TEXT,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope, month, currency)
) WITHOUT ROWID;

-- Accounts that reports leave out.
CREATE TABLE excluded_accounts (
  instance_id          INTEGER NOT NULL,
  remote_id            TEXT NOT NULL,                     -- users.remote_id
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (instance_id, remote_id)
) WITHOUT ROWID;

-- Accounts that count as another one of the same person.
CREATE TABLE merged_accounts (
  instance_id          INTEGER NOT NULL,
  remote_id            TEXT NOT NULL,                     -- users.remote_id
  person_instance_id   INTEGER NOT NULL,
  person_remote_id     TEXT NOT NULL,                     -- users.remote_id of the account that they count as
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (instance_id, remote_id)
) WITHOUT ROWID;

CREATE TABLE engagement_weights (
  name                 TEXT PRIMARY KEY,
  weight               REAL NOT NULL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE holidays (
  date                 TEXT NOT NULL,                     -- YYYY-MM-DD, local
  day                  INTEGER NOT NULL,                  -- the same in days since 1970-01-01
  instance_id          INTEGER NOT NULL,                  -- 0: of all instances
  name                 TEXT NOT NULL,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, instance_id)
) WITHOUT ROWID;

-- What a bill means for which instance: costs are spread anew.
CREATE TRIGGER cost_resources_inserted AFTER INSERT ON cost_resources
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_resources_updated AFTER UPDATE ON cost_resources
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_resources_deleted AFTER DELETE ON cost_resources
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_deployments_inserted AFTER INSERT ON cost_deployments
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_deployments_updated AFTER UPDATE ON cost_deployments
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_deployments_deleted AFTER DELETE ON cost_deployments
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_meters_inserted AFTER INSERT ON cost_meters
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_meters_updated AFTER UPDATE ON cost_meters
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
CREATE TRIGGER cost_meters_deleted AFTER DELETE ON cost_meters
BEGIN UPDATE cost_days SET is_spread = 0 WHERE is_spread = 1; END;
