-- What accounts cost that analysis.json leaves out of use and people, by currency, in the period (is_current = 1) or in the span
-- that it is compared with (0).
SELECT {{is_current}} AS is_current, c.currency, {{cost}} AS excluded_cost
FROM {{costs(excluded in_span)}} c
WHERE c.cost IS NOT NULL
GROUP BY c.currency
