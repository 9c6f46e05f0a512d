-- What analysis.json changes in numbers about the report's instances: how many of their accounts it leaves out or merges with
-- others, how many holidays they have, and weights of the engagement score (NULL: the reports' own).
SELECT
  (
    SELECT COUNT(*)
    FROM main.excluded_accounts x
    JOIN main.users u ON u.instance_id = x.instance_id AND u.remote_id = x.remote_id
    WHERE x.is_deleted = 0 AND x.instance_id IN {{list(:instances)}}
  ) AS excluded_accounts,
  (
    SELECT COUNT(*)
    FROM main.merged_accounts x
    JOIN main.users u ON u.instance_id = x.instance_id AND u.remote_id = x.remote_id
    WHERE x.is_deleted = 0 AND x.instance_id IN {{list(:instances)}}
  ) AS merged_accounts,
  (
    SELECT COUNT(*)
    FROM main.holidays y
    WHERE y.is_deleted = 0 AND (y.instance_id = 0 OR y.instance_id IN {{list(:instances)}})
  ) AS holidays,
  (SELECT w.weight FROM main.engagement_weights w WHERE w.name = 'frequency' AND w.is_deleted = 0) AS frequency,
  (SELECT w.weight FROM main.engagement_weights w WHERE w.name = 'depth' AND w.is_deleted = 0) AS depth,
  (SELECT w.weight FROM main.engagement_weights w WHERE w.name = 'breadth' AND w.is_deleted = 0) AS breadth,
  (SELECT w.weight FROM main.engagement_weights w WHERE w.name = 'recency' AND w.is_deleted = 0) AS recency
