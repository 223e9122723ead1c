-- question  How many people does each cell of stock hold, from which month on and for how many months?
-- grain     one row per cell and month in which somebody enters or leaves it, for the months until the next one; what is empty lasts one month
-- inputs    stock_change, pool_window
-- output    stock_level(region_by, region, industry, sex, age_group, education, status, basis, from_ix, months, people, cell_key)
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
)
SELECT region_by, LPAD(CAST(region AS VARCHAR(6)), 6, '0') AS region, industry, sex, CAST(age_group AS INTEGER) AS age_group, education, status, basis,
       month_ix AS from_ix,
       CASE WHEN people = 0 THEN 1 ELSE COALESCE(next_ix, last_ix + 1) - month_ix END AS months,
       CAST(people AS BIGINT) AS people, CAST(mix AS BIGINT) % 4294967296 AS cell_key
FROM level
CROSS JOIN pool_window
