-- Cost by currency (NULL: unknown) in the period (is_current = 1) or in the span that it is compared with (0).
SELECT
  {{is_current}} AS is_current,
  c.currency,
  {{cost}} AS cost,
  {{billed_cost}} AS billed_cost,
  {{provisional_cost}} AS provisional_cost,
  {{list_price_cost}} AS list_price_cost,
  SUM(c.generations) FILTER (WHERE c.billed_cost IS NOT NULL) AS billed_generations,
  (SELECT cost_type FROM main.analysis_settings) AS cost_type,
  SUM(c.generations) AS distinct_generations,
  {{cost_generations}} AS cost_generations,
  {{unknown_cost_generations}} AS unknown_cost_generations,
  SUM(c.tokens) AS tokens,
  SUM(c.tokens) FILTER (WHERE c.cost IS NOT NULL) AS cost_tokens
FROM {{costs(in_span)}} c
GROUP BY c.currency
