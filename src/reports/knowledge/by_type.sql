-- Files by type, largest first.
WITH {{library}}
SELECT ROW_NUMBER() OVER (ORDER BY sized.library_bytes DESC NULLS LAST, sized.library_files DESC, sized.content_type) AS rank, sized.*
FROM (
  SELECT
    COALESCE(NULLIF(f.content_type, ''), 'unknown') AS content_type,
    COUNT(*) AS library_files,
    SUM(f.size) AS library_bytes,
    SUM(CASE WHEN f.last_day IS NULL THEN f.size ELSE 0 END) AS unused_bytes
  FROM file f
  WHERE f.is_deleted = 0
  GROUP BY COALESCE(NULLIF(f.content_type, ''), 'unknown')
) sized
