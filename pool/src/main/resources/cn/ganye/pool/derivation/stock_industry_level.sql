-- question  How many of the employed work in each division, from which month on and for how many months?
-- grain     one row per cell and month in which somebody enters or leaves it, for the months until the next one; what is empty lasts one month
-- inputs    stock_industry_change, pool_window
-- output    stock_industry_level(region_by, region, division, sex, from_ix, months, people, cell_key)
-- codes     region_by: region-by, region: region, division: industry, sex: sex
WITH level AS (
  SELECT region_by, region, division, sex, month_ix,
         SUM(people) OVER (PARTITION BY region_by, region, division, sex
                           ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS people,
         SUM(mix) OVER (PARTITION BY region_by, region, division, sex
                        ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS mix,
         LEAD(month_ix) OVER (PARTITION BY region_by, region, division, sex
                              ORDER BY month_ix NULLS FIRST) AS next_ix
  FROM stock_industry_change
)
SELECT region_by, LPAD(CAST(region AS VARCHAR(6)), 6, '0') AS region, division, sex,
       month_ix AS from_ix,
       CASE WHEN people = 0 THEN 1 ELSE COALESCE(next_ix, last_ix + 1) - month_ix END AS months,
       CAST(people AS BIGINT) AS people, CAST(mix AS BIGINT) % 4294967296 AS cell_key
FROM level
CROSS JOIN pool_window
