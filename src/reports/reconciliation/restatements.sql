-- Days whose bill was another one when it was read before.
WITH {{months}}
SELECT
  ROW_NUMBER() OVER (ORDER BY r.utc_day DESC, r.id DESC) AS rank,
  r.date,
  c.name AS scope,
  CASE r.cost_type WHEN 'amortized' THEN 'Amortised' ELSE 'Actual' END AS basis,
  r.currency,
  r.old_e8 / 1e8 AS restated_from,
  r.new_e8 / 1e8 AS restated_to,
  (r.new_e8 - r.old_e8) / 1e8 AS restated_by,
  r.sync_datetime AS seen
FROM main.cost_restatements r
JOIN main.cost_scopes c ON c.id = r.scope_id
WHERE r.is_deleted = 0 AND r.utc_day BETWEEN (SELECT first_day FROM span) AND (SELECT last_day FROM span)
