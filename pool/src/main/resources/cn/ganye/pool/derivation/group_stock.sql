-- question  How many people of each key group are in each status, where, by sex, age and industry?
-- grain     one row per month and cell; a zero is stored in the month in which a cell empties
-- inputs    group_change, span, month, pool_window
-- output    group_stock(month, region_by, region, key_group, industry, sex, age_group, status, people, cell_key)
-- publish   month
-- order     month, region_by, region, key_group, industry, sex, age_group, status
-- codes     region_by: region-by, region: region, key_group: key-group, industry: industry, sex: sex, status: status
WITH level AS (
  SELECT region_by, region, key_group, industry, sex, age_group, status, month_ix,
         SUM(people) OVER (PARTITION BY region_by, region, key_group, industry, sex, age_group, status
                           ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS people,
         SUM(mix) OVER (PARTITION BY region_by, region, key_group, industry, sex, age_group, status
                        ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS mix,
         LEAD(month_ix) OVER (PARTITION BY region_by, region, key_group, industry, sex, age_group, status
                              ORDER BY month_ix NULLS FIRST) AS next_ix
  FROM group_change
),
lasting AS (
  SELECT l.region_by, LPAD(CAST(l.region AS VARCHAR(6)), 6, '0') AS region, l.key_group, l.industry, l.sex, l.age_group, l.status,
         l.month_ix, CAST(l.people AS BIGINT) AS people, CAST(l.mix % 4294967296 AS BIGINT) AS cell_key,
         CASE WHEN l.people = 0 THEN 1 ELSE COALESCE(l.next_ix, w.last_ix + 1) - l.month_ix END AS months
  FROM level l
  CROSS JOIN pool_window w
  WHERE l.month_ix <= w.last_ix
)
SELECT m.month, l.region_by, l.region, l.key_group, l.industry, l.sex,
       CAST(l.age_group AS INTEGER) AS age_group, l.status, l.people, l.cell_key
FROM lasting l
JOIN span s ON s.months = l.months
JOIN month m ON m.month_ix = l.month_ix + s.offset_months
