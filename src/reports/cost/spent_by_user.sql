-- What the generations of each user or account (`owner`) cost in the period, by currency.
spent AS MATERIALIZED (
  SELECT
    c.{{owner_id}},
    c.currency,
    {{cost}} AS cost,
    {{billed_cost}} AS billed_cost,
    {{provisional_cost}} AS provisional_cost,
    {{list_price_cost}} AS list_price_cost,
    {{cost_generations}} AS cost_generations,
    SUM(c.generations) AS distinct_generations
  FROM {{costs(in_period, {{owner_id}})}} c
  GROUP BY c.{{owner_id}}, c.currency
)
