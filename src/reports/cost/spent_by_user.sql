-- What each user's generations of the period cost, by currency.
spent AS MATERIALIZED (
  SELECT
    c.user_id,
    c.currency,
    {{cost}} AS cost,
    {{billed_cost}} AS billed_cost,
    {{provisional_cost}} AS provisional_cost,
    {{list_price_cost}} AS list_price_cost,
    {{cost_generations}} AS cost_generations,
    SUM(c.generations) AS distinct_generations
  FROM {{costs(in_period, user_id)}} c
  GROUP BY c.user_id, c.currency
)
