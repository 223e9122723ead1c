-- question  For which counties and months has an office of employment not sent a register?
-- grain     one row per register, county and month
-- inputs    coverage, month, home_county
-- output    register_gap(dataset, region, month_ix)
-- A county is covered by its own file, by its city's or by the province's; it has a gap where one of them sends and none has sent.
WITH sent AS (
  SELECT c.dataset, h.region, m.month_ix, MAX(CASE WHEN c.state IN ('complete', 'partial') THEN 1 ELSE 0 END) AS came
  FROM coverage c
  JOIN month m ON m.month = c.month
  JOIN home_county h
    ON h.region = CAST(c.region AS INTEGER) OR h.city = CAST(c.region AS INTEGER) OR h.province = CAST(c.region AS INTEGER)
  WHERE c.dataset IN ('unemployment-registration', 'employment-registration')
  GROUP BY c.dataset, h.region, m.month_ix
)
SELECT dataset, region, month_ix FROM sent WHERE came = 0
