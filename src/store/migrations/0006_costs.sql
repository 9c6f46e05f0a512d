-- Schema 6. Prices that an administrator confirmed, what was billed, budgets, and what each generation cost.

CREATE TABLE prices (
  id                   INTEGER PRIMARY KEY,
  instance_id          INTEGER REFERENCES instances (id), -- NULL: on every instance that has no price of its own
  model_id             TEXT NOT NULL,                     -- the model's own id
  valid_from           TEXT NOT NULL,                     -- UTC day as YYYY-MM-DD; the newest one not after a generation counts
  valid_from_day       INTEGER NOT NULL,                  -- the same in UTC days since 1970-01-01
  currency             TEXT NOT NULL,                     -- ISO 4217
  input_per_million    REAL NOT NULL CHECK (input_per_million >= 0),   -- per 1,000,000 tokens
  cached_per_million   REAL CHECK (cached_per_million >= 0),           -- NULL: cached input costs as any other
  output_per_million   REAL NOT NULL CHECK (output_per_million >= 0),
  per_request          REAL NOT NULL DEFAULT 0 CHECK (per_request >= 0),
  source               TEXT NOT NULL,                     -- starter: confirmed from the starter list; admin: entered
  sync_datetime        TEXT NOT NULL,                     -- when it was confirmed
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0         -- 1: removed
);
CREATE UNIQUE INDEX prices_by_model ON prices (model_id, coalesce(instance_id, 0), valid_from_day);

-- What a cloud billed for a model, by UTC day: takes precedence over list prices.
CREATE TABLE billed_costs (
  instance_id          INTEGER NOT NULL REFERENCES instances (id),
  model_id             TEXT NOT NULL,                     -- of the model or of what presets are made of
  utc_day              INTEGER NOT NULL,                  -- UTC days since 1970-01-01
  resource             TEXT NOT NULL,                     -- several resources of a day add up
  currency             TEXT NOT NULL,                     -- ISO 4217; one for each model and day
  cost                 REAL NOT NULL,                     -- a refund is negative
  is_final             INTEGER NOT NULL DEFAULT 0,
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (instance_id, model_id, utc_day, resource)
) WITHOUT ROWID;

-- Amounts of two currencies cannot be spread over the same generations.
CREATE TRIGGER billed_costs_inserted BEFORE INSERT ON billed_costs
WHEN NEW.is_deleted = 0 AND EXISTS (
  SELECT 1 FROM billed_costs b WHERE b.instance_id = NEW.instance_id AND b.model_id = NEW.model_id
    AND b.utc_day = NEW.utc_day AND b.resource <> NEW.resource AND b.is_deleted = 0 AND b.currency <> NEW.currency)
BEGIN SELECT RAISE(ABORT, 'a model was billed in another currency on this day'); END;
CREATE TRIGGER billed_costs_updated BEFORE UPDATE ON billed_costs
WHEN NEW.is_deleted = 0 AND EXISTS (
  SELECT 1 FROM billed_costs b WHERE b.instance_id = NEW.instance_id AND b.model_id = NEW.model_id
    AND b.utc_day = NEW.utc_day AND b.resource <> NEW.resource AND b.is_deleted = 0 AND b.currency <> NEW.currency)
BEGIN SELECT RAISE(ABORT, 'a model was billed in another currency on this day'); END;

CREATE TABLE budgets (
  id                   INTEGER PRIMARY KEY,
  instance_id          INTEGER REFERENCES instances (id), -- NULL: all instances together
  currency             TEXT NOT NULL,                     -- ISO 4217
  monthly_amount       REAL NOT NULL CHECK (monthly_amount > 0), -- per calendar month of the mirror's zone
  sync_datetime        TEXT NOT NULL,
  sync_datetime_epoch  INTEGER NOT NULL,
  is_deleted           INTEGER NOT NULL DEFAULT 0         -- 1: removed
);
CREATE UNIQUE INDEX budgets_by_scope ON budgets (coalesce(instance_id, 0), currency);

-- What each model is made of: itself, then its base model and that one's. Models that only prices or bills name are there too.
CREATE VIEW v_model_bases AS
WITH RECURSIVE chain (instance_id, model_id, base_model_id, depth) AS (
  SELECT instance_id, model_id, model_id, 0 FROM (
    SELECT instance_id, model_id FROM models
    UNION SELECT i.id, p.model_id FROM instances i JOIN prices p ON p.is_deleted = 0
    UNION SELECT instance_id, model_id FROM billed_costs WHERE is_deleted = 0)
  UNION ALL
  SELECT c.instance_id, c.model_id, m.base_model_id, c.depth + 1
  FROM chain c JOIN models m ON m.instance_id = c.instance_id AND m.model_id = c.base_model_id
  -- A base model of its own or of each other ends here too.
  WHERE c.depth < 4 AND m.base_model_id IS NOT NULL AND m.base_model_id <> c.model_id
)
SELECT instance_id, model_id, base_model_id, depth FROM chain;

-- The list price of each instance's models by span of UTC days. A model's own price comes before its base model's, the
-- instance's before the general one, the newest before older ones.
CREATE VIEW v_model_prices AS
WITH candidates AS (
  SELECT b.instance_id, b.model_id, b.depth, p.instance_id IS NULL AS is_general, p.id AS price_id, p.valid_from_day
  FROM v_model_bases b
  JOIN prices p ON p.model_id = b.base_model_id AND p.is_deleted = 0
    AND (p.instance_id = b.instance_id OR p.instance_id IS NULL)
),
starts AS (
  SELECT instance_id, model_id, valid_from_day AS from_day,
    lead(valid_from_day, 1, 9999999) OVER (PARTITION BY instance_id, model_id ORDER BY valid_from_day) AS to_day
  FROM (SELECT DISTINCT instance_id, model_id, valid_from_day FROM candidates)
),
ranked AS (
  SELECT s.instance_id, s.model_id, s.from_day, s.to_day, c.price_id,
    row_number() OVER (
      PARTITION BY s.instance_id, s.model_id, s.from_day ORDER BY c.depth, c.is_general, c.valid_from_day DESC
    ) AS place
  FROM starts s
  JOIN candidates c ON c.instance_id = s.instance_id AND c.model_id = s.model_id AND c.valid_from_day <= s.from_day
)
SELECT
  r.instance_id,
  r.model_id,
  r.from_day,                                   -- first UTC day
  r.to_day,                                     -- UTC day after the last one
  r.price_id,                                   -- prices.id
  p.currency,
  p.input_per_million,
  coalesce(p.cached_per_million, p.input_per_million) AS cached_per_million,
  p.output_per_million,
  p.per_request,
  -- Confirmed to cost nothing.
  p.input_per_million = 0 AND coalesce(p.cached_per_million, 0) = 0 AND p.output_per_million = 0 AND p.per_request = 0
    AS is_free
FROM ranked r
JOIN prices p ON p.id = r.price_id
WHERE r.place = 1;

-- One row per distinct generation (copies left out) with its cost by list price. NULL: no price, or tokens unknown. A model
-- that costs nothing costs nothing, tokens known or not.
CREATE VIEW v_list_cost AS
SELECT
  m.id AS generation_id,
  m.instance_id,
  m.chat_id,
  m.user_id,
  m.model_id,
  m.created_at_epoch,
  m.day,                                        -- local days since 1970-01-01
  m.created_at_epoch / 86400 AS utc_day,        -- UTC days since 1970-01-01: prices and bills go by these
  m.is_deleted,
  m.input_tokens,
  m.cached_tokens,
  m.output_tokens,
  p.currency,
  p.price_id,                                   -- NULL: no price
  CASE WHEN p.is_free = 1 THEN 0.0 ELSE
    ((m.input_tokens - coalesce(m.cached_tokens, 0)) * p.input_per_million
      + coalesce(m.cached_tokens, 0) * p.cached_per_million
      + m.output_tokens * p.output_per_million) / 1000000.0 + p.per_request
  END AS list_cost
FROM message m
LEFT JOIN v_model_prices p ON p.instance_id = m.instance_id AND p.model_id = m.model_id
  AND m.created_at_epoch / 86400 >= p.from_day AND m.created_at_epoch / 86400 < p.to_day
WHERE m.role = 'assistant' AND m.is_copy = 0;

-- How a day's bill is spread over the generations of the billed model and of what is made of it, by UTC day. One of the three
-- rates is there: by list cost; else, where one of them has no list price, by tokens; else evenly.
CREATE VIEW v_billed_rates AS
WITH billed AS (
  SELECT instance_id, model_id, utc_day, min(currency) AS currency, sum(cost) AS amount
  FROM billed_costs WHERE is_deleted = 0 GROUP BY instance_id, model_id, utc_day
),
served AS (
  SELECT b.instance_id, c.model_id, b.utc_day, b.model_id AS billed_model_id, b.currency, b.amount,
    row_number() OVER (PARTITION BY b.instance_id, c.model_id, b.utc_day ORDER BY c.depth) AS place
  FROM billed b
  JOIN v_model_bases c ON c.instance_id = b.instance_id AND c.base_model_id = b.model_id
),
-- Each model with what it adds to the weights of the bill's models.
weighed AS (
  SELECT s.instance_id, s.model_id, s.utc_day, s.billed_model_id, s.currency, s.amount,
    min(g.currency) AS first_currency, max(g.currency) AS last_currency,
    sum(g.list_cost) AS list_cost, count(g.list_cost) AS listed,
    sum(g.input_tokens + g.output_tokens) AS tokens, count(g.input_tokens + g.output_tokens) AS counted,
    count(*) AS generations
  FROM served s
  JOIN v_list_cost g ON g.instance_id = s.instance_id AND g.model_id = s.model_id AND g.utc_day = s.utc_day
    AND g.day BETWEEN s.utc_day - 1 AND s.utc_day + 1 -- for the index
  WHERE s.place = 1
  GROUP BY s.instance_id, s.model_id, s.utc_day, s.billed_model_id, s.currency, s.amount
),
totals AS (
  SELECT instance_id, model_id, utc_day, billed_model_id, currency, amount,
    CASE WHEN min(first_currency) OVER bill = max(last_currency) OVER bill
        AND sum(listed) OVER bill >= sum(counted) OVER bill
      THEN nullif(sum(list_cost) OVER bill, 0) END AS list_cost,
    nullif(sum(tokens) OVER bill, 0) AS tokens,
    sum(generations) OVER bill AS generations
  FROM weighed
  WINDOW bill AS (PARTITION BY instance_id, billed_model_id, utc_day)
)
SELECT
  instance_id,
  model_id,
  utc_day,
  billed_model_id,
  currency,
  amount / list_cost AS per_list_cost,
  CASE WHEN list_cost IS NULL THEN amount / tokens END AS per_token,
  CASE WHEN list_cost IS NULL AND tokens IS NULL THEN amount / generations END AS per_generation
FROM totals;

-- What each distinct generation cost (copies left out): its part of the day's bill, else its list price. Amounts of
-- several currencies are never to be added.
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
  CASE WHEN billed_cost IS NOT NULL THEN billed_currency WHEN is_billed = 0 AND list_cost IS NOT NULL THEN currency
    END AS currency,                            -- of cost
  billed_cost,
  list_cost,                                    -- by list price, in its currency, also where a bill comes first
  CASE WHEN is_billed = 0 THEN list_cost ELSE billed_cost END AS cost, -- NULL: unknown
  CASE WHEN billed_cost IS NOT NULL THEN 'billed' WHEN is_billed = 0 AND list_cost IS NOT NULL THEN 'list'
    ELSE 'unknown' END AS cost_source,
  -- To be added up: sums of many rows at once have the same columns (src/reports/costSql.ts).
  1 AS generations,
  CASE WHEN is_billed = 0 THEN list_cost ELSE billed_cost END IS NOT NULL AS known_generations
FROM (
  SELECT g.*, r.currency AS billed_currency, r.utc_day IS NOT NULL AS is_billed,
    coalesce(g.list_cost * r.per_list_cost, (g.input_tokens + g.output_tokens) * r.per_token, r.per_generation)
      AS billed_cost
  FROM v_list_cost g
  LEFT JOIN v_billed_rates r ON r.instance_id = g.instance_id AND r.model_id = g.model_id AND r.utc_day = g.utc_day
);
