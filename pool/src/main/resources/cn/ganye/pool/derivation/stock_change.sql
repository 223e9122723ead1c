-- question  By how many people does each cell of the stock change at the start of each month?
-- grain     one row per cell and month of the window in which somebody enters or leaves it
-- inputs    frame_spell, pool_window
-- output    stock_change(region_by, region, industry, sex, age_group, education, status, basis, month_ix, people, mix)
-- codes     region_by: region-by, industry: industry, sex: sex, education: education, status: status, basis: basis
WITH edge AS (
  SELECT from_ix AS month_ix, 1 AS people, mix, hukou, residence, insured, work, section, sex, age_group, education, status, basis
  FROM frame_spell
  UNION ALL
  SELECT to_ix + 1 AS month_ix, -1 AS people, -mix AS mix, hukou, residence, insured, work, section, sex, age_group, education, status, basis
  FROM frame_spell
  CROSS JOIN pool_window
  WHERE to_ix < last_ix
)
SELECT 'residence' AS region_by, residence AS region, section AS industry, sex, age_group, education, status, basis, month_ix,
       CAST(SUM(people) AS BIGINT) AS people, CAST(SUM(mix) AS BIGINT) AS mix
FROM edge
GROUP BY residence, section, sex, age_group, education, status, basis, month_ix
UNION ALL
SELECT 'work', work, section, sex, age_group, education, status, basis, month_ix,
       CAST(SUM(people) AS BIGINT), CAST(SUM(mix) AS BIGINT)
FROM edge
GROUP BY work, section, sex, age_group, education, status, basis, month_ix
UNION ALL
SELECT 'hukou', hukou, '*', sex, age_group, '*', status, basis, month_ix,
       CAST(SUM(people) AS BIGINT), CAST(SUM(mix) AS BIGINT)
FROM edge
GROUP BY hukou, sex, age_group, status, basis, month_ix
UNION ALL
SELECT 'insured', insured, '*', sex, age_group, '*', status, basis, month_ix,
       CAST(SUM(people) AS BIGINT), CAST(SUM(mix) AS BIGINT)
FROM edge
GROUP BY insured, sex, age_group, status, basis, month_ix
