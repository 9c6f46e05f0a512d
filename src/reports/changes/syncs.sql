-- Runs, waiting deletions and unreadable objects of each instance. While an instance is behind, its runs up to today count.
WITH {{spans}},
ended AS MATERIALIZED (
  SELECT
    s.instance_id,
    s.status,
    s.finished_at_epoch,
    s.started_at_epoch,
    s.finished_at,
    SUBSTR(s.started_at, 1, 10) BETWEEN {{date(:from_day)}}
      AND {{date(CASE WHEN r.last_day < :to_day THEN :today ELSE :to_day END)}} AS is_of_period,
    SUBSTR(s.finished_at, 1, 10) BETWEEN {{date(:from_day)}}
      AND {{date(CASE WHEN r.last_day < :to_day THEN :today ELSE (:to_day + 1) END)}} AS ends_in_period
  FROM main.sync_runs s
  JOIN reach r ON r.instance_id = s.instance_id
  WHERE s.finished_at_epoch IS NOT NULL AND s.status IN ('ok', 'partial', 'failed', 'interrupted')
    AND SUBSTR(s.started_at, 1, 10) BETWEEN {{date((:from_day - 56))}} AND {{date(:today)}}
),
pauses AS MATERIALIZED (
  SELECT
    instance_id,
    ends_in_period,
    LAG(finished_at) OVER (PARTITION BY instance_id ORDER BY finished_at_epoch) AS pause_from,
    finished_at AS pause_to,
    finished_at_epoch - LAG(finished_at_epoch) OVER (PARTITION BY instance_id ORDER BY finished_at_epoch) AS seconds
  FROM ended
  WHERE status IN ('ok', 'partial')
),
longest AS (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY instance_id ORDER BY seconds DESC, pause_from) AS rank
  FROM pauses
  WHERE ends_in_period AND seconds IS NOT NULL
)
SELECT
  r.instance_id,
  (SELECT COUNT(*) FROM ended e WHERE e.instance_id = r.instance_id AND e.is_of_period) AS runs,
  (
    SELECT COUNT(*)
    FROM ended e
    WHERE e.instance_id = r.instance_id AND e.is_of_period AND e.status IN ('failed', 'interrupted')
  ) AS failed_runs,
  (
    SELECT COUNT(*) FROM ended e WHERE e.instance_id = r.instance_id AND e.is_of_period AND e.status = 'partial'
  ) AS partial_runs,
  l.seconds AS longest_pause,
  l.pause_from,
  l.pause_to,
  (SELECT AVG(p.seconds) FROM pauses p WHERE p.instance_id = r.instance_id) AS mean_pause,
  (
    SELECT COUNT(*)
    FROM main.quarantine q
    WHERE q.instance_id = r.instance_id AND q.is_deleted = 0
      AND SUBSTR(q.first_seen_at, 1, 10) BETWEEN {{date(:from_day)}} AND {{date(:to_day)}}
  ) AS unreadable,
  (
    SELECT COUNT(*)
    FROM main.held_deletions h
    WHERE h.instance_id = r.instance_id AND h.is_deleted = 0
      AND SUBSTR(h.since_at, 1, 10) <= {{date((:to_day + 1))}}
  ) AS held_deletions
FROM reach r
LEFT JOIN longest l ON l.instance_id = r.instance_id AND l.rank = 1
ORDER BY r.instance_id
