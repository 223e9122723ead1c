-- question  Which months of contributions have not come, from which sender's region?
-- grain     one row per sender's region and month
-- inputs    coverage, month
-- output    uncovered(region, month_ix)
SELECT CAST(c.region AS INTEGER) AS region, m.month_ix
FROM coverage c
JOIN month m ON m.month = c.month
WHERE c.dataset = 'contribution' AND c.state IN ('missing', 'not-due')
