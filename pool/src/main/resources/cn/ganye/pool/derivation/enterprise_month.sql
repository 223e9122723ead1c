-- question  How many people does each enterprise employ in each county and month, who came and who went, and on which bases is paid?
-- grain     one row per month, enterprise and work county, from its first month with jobs to the one after its last; NULL where a needed month is not covered
-- inputs    enterprise_flow, establishment, base_month, month
-- output    enterprise_month(month, enterprise, region, industry, headcount, hires, separations, base_sum)
-- publish   month
-- order     month, enterprise, region
-- codes     region: region, industry: industry
-- hires and separations are accessions and separations of LEHD's QWI; bases are contribution bases in fen, not wages.
WITH base AS (
  SELECT e.enterprise, e.region, b.month_ix, CAST(SUM(b.base) AS BIGINT) AS base
  FROM base_month b
  JOIN establishment e ON e.establishment = b.establishment
  GROUP BY e.enterprise, e.region, b.month_ix
)
SELECT m.month, f.enterprise, LPAD(CAST(f.region AS VARCHAR(6)), 6, '0') AS region, f.section AS industry,
       f.m AS headcount, f.a AS hires, f.s AS separations,
       CASE WHEN f.m IS NOT NULL THEN COALESCE(b.base, 0) END AS base_sum
FROM enterprise_flow f
JOIN month m ON m.month_ix = f.period_ix
LEFT JOIN base b ON b.enterprise = f.enterprise AND b.region = f.region AND b.month_ix = f.period_ix
WHERE f.frequency = 'month'
