-- Schema 11. Views in words that PostgreSQL understands too: a warehouse makes its views from these definitions. Flags are 0
-- and 1 by CASE, since a comparison is no number there, and every subquery has a name.

DROP VIEW v_usage_daily;
DROP VIEW v_generations;
DROP VIEW v_chats;
DROP VIEW v_cost;
DROP VIEW v_list_cost;
DROP VIEW v_model_prices;
DROP VIEW v_model_bases;

-- One row per answer of a model, on all branches. What happens once (tokens, rating, failure) is NULL in a copied chat's
-- repetition, so that sums over this view are right.
CREATE VIEW v_generations AS
SELECT
  m.id AS generation_id,
  m.instance_id,
  m.chat_id,
  m.user_id,                                    -- the chat's owner
  m.parent_id AS turn_id,                       -- what it answers; NULL at a root
  m.model_id,
  m.created_at,
  m.created_at_epoch,
  m.day,
  date(m.day * 86400, 'unixepoch') AS date,
  m.hour,
  m.created_at_source,
  m.is_active_branch,
  m.is_copy,
  m.is_deleted,
  m.is_arena,
  CASE WHEN m.is_copy = 0 THEN m.input_tokens END AS input_tokens,         -- cached ones included; NULL: unknown
  CASE WHEN m.is_copy = 0 THEN m.cached_tokens END AS cached_tokens,
  CASE WHEN m.is_copy = 0 THEN m.output_tokens END AS output_tokens,       -- reasoning included; NULL: unknown
  CASE WHEN m.is_copy = 0 THEN m.reasoning_tokens END AS reasoning_tokens,
  CASE WHEN m.is_copy = 0 THEN CASE WHEN COALESCE(m.input_tokens, m.output_tokens) IS NULL THEN 0 ELSE 1 END END AS has_usage,
  CASE WHEN m.is_copy = 0 THEN m.rating END AS rating,                     -- 1, -1 or NULL
  -- Failed: it ended with an error, or had not ended ten minutes before the instance's last sync.
  CASE WHEN m.is_copy = 0 THEN CASE WHEN m.is_error = 1 OR (m.is_done = 0 AND m.created_at_epoch <=
    (SELECT i.last_sync_epoch FROM instances i WHERE i.id = m.instance_id) - 600) THEN 1 ELSE 0 END END AS is_failed,
  -- Settled: it ended, or failed; the others were still running.
  CASE WHEN m.is_copy = 0 THEN CASE WHEN m.is_done = 1 OR m.is_error = 1 OR (m.created_at_epoch <=
    (SELECT i.last_sync_epoch FROM instances i WHERE i.id = m.instance_id) - 600) THEN 1 ELSE 0 END END AS is_settled,
  m.duration_ms,
  m.output_ms,
  m.content_chars,
  m.citation_count,
  m.tool_call_count
FROM message m
WHERE m.role = 'assistant';

-- Turns and generations by local day, instance, user and model; turns have no model. Sums are the reports' numbers.
CREATE VIEW v_usage_daily AS
SELECT day, date, instance_id, user_id, CAST(NULL AS TEXT) AS model_id, COUNT(*) AS turns, 0 AS generations, 0 AS distinct_generations,
  0 AS generations_with_usage, 
  CAST(NULL AS BIGINT) AS input_tokens, CAST(NULL AS BIGINT) AS cached_tokens, CAST(NULL AS BIGINT) AS output_tokens, 0 AS errors
FROM v_turns
GROUP BY day, date, instance_id, user_id
UNION ALL
SELECT day, date, instance_id, user_id, model_id, 0, COUNT(*), COUNT(*) FILTER (WHERE is_copy = 0), COALESCE(SUM(has_usage), 0),
  SUM(input_tokens), SUM(cached_tokens), SUM(output_tokens), COALESCE(SUM(is_failed), 0)
FROM v_generations
GROUP BY day, date, instance_id, user_id, model_id;

-- One row per chat with a turn or a generation. Counts are of what the chat holds, or held when it was deleted; messages
-- that were removed from a chat that is still there are left out. The path is the branch that the chat shows.
CREATE VIEW v_chats AS
SELECT
  s.chat_id,                                    -- chats.id
  c.instance_id,
  c.user_id,                                    -- the owner, users.id
  c.title,                                      -- NULL: none, or not kept
  c.folder_id,
  CASE WHEN c.share_id IS NULL THEN 0 ELSE 1 END AS is_shared,
  c.archived AS is_archived,
  c.is_deleted,
  s.messages,                                   -- turns and generations on all branches
  s.turns,
  s.path_messages,                              -- of them on the path; NULL: the path is not known
  s.path_turns,
  -- Turns beyond the first below one message: other wordings of it. Where all turns are on the path there are none.
  CASE WHEN s.turns = s.path_turns THEN 0 ELSE (
    SELECT COUNT(*) - COUNT(DISTINCT COALESCE(e.parent_id, 0))
    FROM message e
    WHERE e.chat_id = s.chat_id AND e.role = 'user' AND e.is_deleted = c.is_deleted
  ) END AS edits,
  s.first_day,                                  -- local days since 1970-01-01 of the first and the last message
  s.last_day,
  s.first_at_epoch,
  s.last_at_epoch,
  -- How the path ends: answered, failed (its answer ended with an error), unanswered (a turn, or an answer that never ended),
  -- open (the same less than ten minutes before the instance's last sync), NULL: not known.
  (
    SELECT CASE
      WHEN e.role = 'assistant' AND e.is_error = 1 THEN 'failed'
      WHEN e.role = 'assistant' AND e.is_done = 1 THEN 'answered'
      WHEN e.created_at_epoch <= i.last_sync_epoch - 600 THEN 'unanswered'
      ELSE 'open'
    END
    FROM message e
    JOIN instances i ON i.id = e.instance_id
    WHERE e.remote_id = c.current_message_id AND e.chat_id = c.id AND e.role IN ('user', 'assistant')
  ) AS outcome
FROM (
  SELECT
    k.id AS chat_id,
    COUNT(*) AS messages,
    COUNT(*) FILTER (WHERE m.role = 'user') AS turns,
    NULLIF(COUNT(*) FILTER (WHERE m.is_active_branch = 1), 0) AS path_messages,
    CASE WHEN MAX(m.is_active_branch) = 1
      THEN COUNT(*) FILTER (WHERE m.is_active_branch = 1 AND m.role = 'user') END AS path_turns,
    MIN(m.day) AS first_day,
    MAX(m.day) AS last_day,
    MIN(m.created_at_epoch) AS first_at_epoch,
    MAX(m.created_at_epoch) AS last_at_epoch
  FROM chats k
  JOIN message m ON m.chat_id = k.id AND m.is_deleted = k.is_deleted
  WHERE m.role IN ('user', 'assistant')
  GROUP BY k.id
) s
CROSS JOIN chats c ON c.id = s.chat_id; -- as SQLite should do it: each chat of the index once

-- What each model is made of: itself, then its base model and that one's. Models that only prices name are there too.
CREATE VIEW v_model_bases AS
WITH RECURSIVE chain (instance_id, model_id, base_model_id, depth) AS (
  SELECT instance_id, model_id, model_id, 0 FROM (
    SELECT instance_id, model_id FROM models
    UNION SELECT i.id, p.model_id FROM instances i JOIN prices p ON p.is_deleted = 0) known
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
  SELECT b.instance_id, b.model_id, b.depth, CASE WHEN p.instance_id IS NULL THEN 1 ELSE 0 END AS is_general, p.id AS price_id, p.valid_from_day
  FROM v_model_bases b
  JOIN prices p ON p.model_id = b.base_model_id AND p.is_deleted = 0
    AND (p.instance_id = b.instance_id OR p.instance_id IS NULL)
),
starts AS (
  SELECT instance_id, model_id, valid_from_day AS from_day,
    lead(valid_from_day, 1, 9999999) OVER (PARTITION BY instance_id, model_id ORDER BY valid_from_day) AS to_day
  FROM (SELECT DISTINCT instance_id, model_id, valid_from_day FROM candidates) d
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
  CASE WHEN p.input_per_million = 0 AND coalesce(p.cached_per_million, 0) = 0 AND p.output_per_million = 0
    AND p.per_request = 0 THEN 1 ELSE 0 END AS is_free
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
  CASE WHEN coalesce(billed_cost, list_cost) IS NULL THEN 0 ELSE 1 END AS known_generations
FROM (
  SELECT g.*, b.currency AS billed_currency, b.cost_e8 / 1e8 AS billed_cost, b.is_final AS billed_is_final
  FROM v_list_cost g
  LEFT JOIN generation_costs b ON b.generation_id = g.generation_id AND b.is_deleted = 0
    AND b.cost_type = (SELECT cost_type FROM analysis_settings)
) g;
