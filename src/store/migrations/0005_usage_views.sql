-- Schema 5. Public views: what a turn and a generation are, so that any SQL tool counts as the reports do (docs/metrics.md).
-- Reports read them from an index alone.

DROP INDEX message_answers;
CREATE INDEX message_answers ON message (
  instance_id, model_id, day, user_id, is_copy, is_deleted, input_tokens, cached_tokens, output_tokens, rating, is_error,
  is_done, created_at_epoch, parent_id
) WHERE role = 'assistant';

DROP INDEX message_by_chat;
CREATE INDEX message_by_chat ON message (
  chat_id, day, instance_id, role, user_id, is_copy, is_deleted, input_tokens, output_tokens
);

DROP INDEX message_by_day;
CREATE INDEX message_by_day ON message (day, instance_id, role, user_id, is_deleted);

-- One row per message that a user wrote, on all branches.
CREATE VIEW v_turns AS
SELECT
  m.id AS turn_id,
  m.instance_id,
  m.chat_id,
  m.user_id,                                    -- the chat's owner
  m.parent_id,
  m.created_at,
  m.created_at_epoch,
  m.day,                                        -- local days since 1970-01-01
  date(m.day * 86400, 'unixepoch') AS date,     -- the same as YYYY-MM-DD
  m.hour,                                       -- local hour 0-23
  m.created_at_source,
  m.is_active_branch,
  m.is_copy,
  m.is_deleted,
  m.content_chars,
  m.file_count
FROM message m
WHERE m.role = 'user';

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
  CASE WHEN m.is_copy = 0 THEN COALESCE(m.input_tokens, m.output_tokens) IS NOT NULL END AS has_usage,
  CASE WHEN m.is_copy = 0 THEN m.rating END AS rating,                     -- 1, -1 or NULL
  -- Failed: it ended with an error, or had not ended ten minutes before the instance's last sync.
  CASE WHEN m.is_copy = 0 THEN m.is_error = 1 OR (m.is_done = 0 AND m.created_at_epoch <=
    (SELECT i.last_sync_epoch FROM instances i WHERE i.id = m.instance_id) - 600) IS TRUE END AS is_failed,
  -- Settled: it ended, or failed; the others were still running.
  CASE WHEN m.is_copy = 0 THEN m.is_done = 1 OR m.is_error = 1 OR (m.created_at_epoch <=
    (SELECT i.last_sync_epoch FROM instances i WHERE i.id = m.instance_id) - 600) IS TRUE END AS is_settled,
  m.duration_ms,
  m.output_ms,
  m.content_chars,
  m.citation_count,
  m.tool_call_count
FROM message m
WHERE m.role = 'assistant';

-- Turns and generations by local day, instance, user and model; turns have no model. Sums are the reports' numbers.
CREATE VIEW v_usage_daily AS
SELECT day, date, instance_id, user_id, NULL AS model_id, COUNT(*) AS turns, 0 AS generations, 0 AS distinct_generations,
  0 AS generations_with_usage, NULL AS input_tokens, NULL AS cached_tokens, NULL AS output_tokens, 0 AS errors
FROM v_turns
GROUP BY day, instance_id, user_id
UNION ALL
SELECT day, date, instance_id, user_id, model_id, 0, COUNT(*), SUM(is_copy = 0), COALESCE(SUM(has_usage), 0),
  SUM(input_tokens), SUM(cached_tokens), SUM(output_tokens), COALESCE(SUM(is_failed), 0)
FROM v_generations
GROUP BY day, instance_id, user_id, model_id;

-- First run that ended well: chats deleted on the server before it are not in the mirror.
ALTER TABLE instances ADD COLUMN first_sync TEXT;
ALTER TABLE instances ADD COLUMN first_sync_epoch INTEGER;
UPDATE instances SET (first_sync, first_sync_epoch) = (
  SELECT r.finished_at, MIN(r.finished_at_epoch) FROM sync_runs r
  WHERE r.instance_id = instances.id AND r.status IN ('ok', 'partial') AND r.finished_at_epoch IS NOT NULL
);
