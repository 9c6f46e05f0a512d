-- The weights of the engagement score in percent, and whether they are others than the reports' own.
SELECT
  {{weight(frequency)}} * 100 AS frequency_percent,
  {{weight(depth)}} * 100 AS depth_percent,
  {{weight(breadth)}} * 100 AS breadth_percent,
  {{weight(recency)}} * 100 AS recency_percent,
  {{has_own_weights}} AS chosen_weights
