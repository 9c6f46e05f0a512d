-- Answers that were asked for again, in the period (is_current = 1) and in the span that it is compared with (0).
SELECT {{is_current}} AS is_current, {{regenerations}} AS regenerations, {{regeneration_rate}} AS regeneration_rate
FROM main.v_generations g
WHERE {{in_span(g)}}
