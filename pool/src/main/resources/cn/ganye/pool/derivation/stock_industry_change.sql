-- question  By how many of the employed does each division change at the start of each month?
-- grain     one row per cell and month of the window in which somebody enters or leaves it
-- inputs    frame_spell, pool_window
-- output    stock_industry_change(region_by, region, division, sex, month_ix, people, mix)
-- codes     region_by: region-by, division: industry, sex: sex
WITH edge AS (
  SELECT from_ix AS month_ix, 1 AS people, mix, hukou, residence, insured, work, division, sex
  FROM frame_spell
  WHERE status = 'EMPLOYED'
  UNION ALL
  SELECT to_ix + 1 AS month_ix, -1 AS people, -mix AS mix, hukou, residence, insured, work, division, sex
  FROM frame_spell
  CROSS JOIN pool_window
  WHERE status = 'EMPLOYED' AND to_ix < last_ix
)
SELECT 'residence' AS region_by, residence AS region, division, sex, month_ix,
       CAST(SUM(people) AS BIGINT) AS people, CAST(SUM(mix) AS BIGINT) AS mix
FROM edge
GROUP BY residence, division, sex, month_ix
UNION ALL
SELECT 'work', work, division, sex, month_ix, CAST(SUM(people) AS BIGINT), CAST(SUM(mix) AS BIGINT)
FROM edge
GROUP BY work, division, sex, month_ix
UNION ALL
SELECT 'hukou', hukou, division, sex, month_ix, CAST(SUM(people) AS BIGINT), CAST(SUM(mix) AS BIGINT)
FROM edge
GROUP BY hukou, division, sex, month_ix
UNION ALL
SELECT 'insured', insured, division, sex, month_ix, CAST(SUM(people) AS BIGINT), CAST(SUM(mix) AS BIGINT)
FROM edge
GROUP BY insured, division, sex, month_ix
