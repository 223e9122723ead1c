-- question  Do flows and stocks agree where coverage is complete?
-- grain     one row per rule: cells compared, and those that differ
-- The jobs at the end of a month are those at the start of the next; what enterprises employ adds up to the jobs of their county.
WITH numbered AS (
  SELECT region, industry, period, b, e, m, LEAD(b) OVER (PARTITION BY region, industry ORDER BY period) AS next_b
  FROM flow
),
firms AS (
  SELECT CAST(month AS VARCHAR) AS period, region, industry, SUM(headcount) AS headcount, COUNT(*) - COUNT(headcount) AS missing
  FROM enterprise_month
  GROUP BY month, region, industry
)
SELECT 'end-is-next-start', COUNT(*), COUNT(*) FILTER (WHERE e <> next_b)
FROM numbered
WHERE e IS NOT NULL AND next_b IS NOT NULL
UNION ALL
SELECT 'enterprises-add-up', COUNT(*), COUNT(*) FILTER (WHERE n.m <> COALESCE(f.headcount, 0))
FROM numbered n
LEFT JOIN firms f ON f.period = n.period AND f.region = n.region AND f.industry = n.industry
WHERE n.m IS NOT NULL AND COALESCE(f.missing, 0) = 0
