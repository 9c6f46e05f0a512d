-- The engagement score of every account with a turn in the 28 days that end with the period, with its parts. Least engaged
-- first: those who may need help, not a ranking.
WITH {{habit}},
{{account}},
{{engaged}},
scored AS (
  SELECT
    p.*,
    {{engagement_frequency}} AS engagement_frequency,
    {{engagement_depth}} AS engagement_depth,
    {{engagement_breadth}} AS engagement_breadth,
    {{engagement_recency}} AS engagement_recency,
    {{engagement_score}} AS engagement_score
  FROM engaged p
  WHERE p.turns > 0
)
SELECT
  ROW_NUMBER() OVER (ORDER BY s.engagement_score, s.user_id) AS rank,
  s.user_id,
  u.instance_id,
  {{person}} AS user,
  u.email,
  {{instance_name}} AS instance,
  s.engagement_score,
  CASE
    WHEN s.engagement_score < 25 THEN 'Trying'
    WHEN s.engagement_score < 50 THEN 'Developing'
    WHEN s.engagement_score < 75 THEN 'Established'
    ELSE 'Champion'
  END AS stage,
  s.engagement_frequency,
  s.engagement_depth,
  s.engagement_breadth,
  s.engagement_recency,
  s.active_days,
  s.turns,
  {{date(s.last_day)}} AS last_turn_on
FROM scored s
JOIN main.users u ON u.id = s.user_id
JOIN main.instances i ON i.id = u.instance_id
