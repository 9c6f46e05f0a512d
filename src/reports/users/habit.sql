-- Who wrote on which day, up to the end of the period: every number about habits is made of these few rows.
habit AS MATERIALIZED (
  SELECT t.day, {{user(t.user_id)}} AS user_id, {{turns}} AS turns
  FROM main.v_turns t
  WHERE t.day <= :to_day AND {{in_scope(t)}}
  GROUP BY t.day, {{by_user(t)}}
)
