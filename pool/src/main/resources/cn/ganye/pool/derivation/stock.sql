-- question  How many people are in each status, where, by sex, age, education, industry and basis?
-- grain     one row per month and cell; a zero is stored in the month in which a cell empties
-- inputs    stock_change, span, month, pool_window
-- output    stock(month, region_by, region, industry, sex, age_group, education, status, basis, people, cell_key)
-- publish   month
-- order     month, region_by, region, industry, sex, age_group, education, status, basis
-- codes     region_by: region-by, region: region, industry: industry, sex: sex, education: education, status: status, basis: basis
WITH level AS (
  SELECT region_by, region, industry, sex, age_group, education, status, basis, month_ix,
         SUM(people) OVER (PARTITION BY region_by, region, industry, sex, age_group, education, status, basis
                           ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS people,
         SUM(mix) OVER (PARTITION BY region_by, region, industry, sex, age_group, education, status, basis
                        ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS mix,
         LEAD(month_ix) OVER (PARTITION BY region_by, region, industry, sex, age_group, education, status, basis
                              ORDER BY month_ix NULLS FIRST) AS next_ix
  FROM stock_change
),
lasting AS (
  SELECT l.region_by, LPAD(CAST(l.region AS VARCHAR(6)), 6, '0') AS region, l.industry, l.sex, l.age_group, l.education, l.status, l.basis,
         l.month_ix, CAST(l.people AS BIGINT) AS people, CAST(l.mix % 4294967296 AS BIGINT) AS cell_key,
         CASE WHEN l.people = 0 THEN 1 ELSE COALESCE(l.next_ix, w.last_ix + 1) - l.month_ix END AS months
  FROM level l
  CROSS JOIN pool_window w
  WHERE l.month_ix <= w.last_ix
)
SELECT m.month, l.region_by, l.region, l.industry, l.sex, CAST(l.age_group AS INTEGER) AS age_group, l.education, l.status, l.basis,
       l.people, l.cell_key
FROM lasting l
JOIN span s ON s.months = l.months
JOIN month m ON m.month_ix = l.month_ix + s.offset_months
