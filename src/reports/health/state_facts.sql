-- How the mirror stands now, whatever the period.
SELECT
  (SELECT COUNT(*) FROM main.quarantine q WHERE q.is_deleted = 0 AND q.instance_id IN {{list(:instances)}}) AS unreadable_objects,
  (SELECT MIN(q.first_seen_at) FROM main.quarantine q WHERE q.is_deleted = 0 AND q.instance_id IN {{list(:instances)}}) AS unreadable_since,
  (SELECT COUNT(*) FROM main.held_deletions d WHERE d.is_deleted = 0 AND d.instance_id IN {{list(:instances)}}) AS waiting_deletions,
  (SELECT MIN(d.since_at) FROM main.held_deletions d WHERE d.is_deleted = 0 AND d.instance_id IN {{list(:instances)}}) AS waiting_since,
  (SELECT COUNT(*) FROM main.users u WHERE u.is_deleted = 0 AND {{people}}) AS users,
  (SELECT COUNT(*) FROM main.users u WHERE u.is_deleted = 0 AND COALESCE(u.name, '') = '' AND {{people}}) AS unnamed_users,
  (SELECT COUNT(*) FROM main.erased_people e WHERE e.is_deleted = 0 AND e.instance_id IN {{list(:instances)}}) AS erased_people,
  (SELECT MIN(e.sync_datetime) FROM main.erased_people e WHERE e.is_deleted = 0 AND e.instance_id IN {{list(:instances)}}) AS erased_since,
  (SELECT COUNT(*) FROM main.chats h WHERE h.is_deleted = 0 AND h.instance_id IN {{list(:instances)}}) AS chats,
  (
    SELECT COUNT(*) FROM main.chats h
    WHERE h.has_sources = 0 AND h.is_deleted = 0 AND h.instance_id IN {{list(:instances)}}
  ) AS unsourced_chats,
  (SELECT COUNT(*) FROM main.feedback f WHERE f.rating IN (1, -1) AND f.instance_id IN {{list(:instances)}}) AS kept_ratings,
  (
    SELECT COUNT(*)
    FROM main.feedback f
    LEFT JOIN main.chats h ON h.instance_id = f.instance_id AND h.remote_id = f.chat_remote_id
    WHERE f.rating IN (1, -1) AND f.instance_id IN {{list(:instances)}}
      AND NOT EXISTS (SELECT 1 FROM main.message a WHERE a.remote_id = f.message_remote_id AND a.chat_id = h.id)
  ) AS stray_ratings
