-- question  By how many people does each cell of the key groups change at the start of each month?
-- grain     one row per cell and month of the window in which somebody enters or leaves it
-- inputs    frame_spell, group_member, pool_window
-- output    group_change(region_by, region, key_group, industry, sex, age_group, status, month_ix, people, mix)
-- codes     region_by: region-by, key_group: key-group, industry: industry, sex: sex, status: status
WITH spell AS (
  SELECT GREATEST(f.from_ix, g.from_ix) AS from_ix, LEAST(f.to_ix, g.to_ix) AS to_ix, f.mix, g.key_group,
         f.hukou, f.residence, f.insured, f.work, f.section, f.sex, f.age_group, f.status
  FROM frame_spell f
  JOIN group_member g ON g.person = f.person AND g.from_ix <= f.to_ix AND g.to_ix >= f.from_ix
),
edge AS (
  SELECT from_ix AS month_ix, 1 AS people, mix, key_group, hukou, residence, insured, work, section, sex, age_group, status FROM spell
  UNION ALL
  SELECT to_ix + 1, -1, -mix, key_group, hukou, residence, insured, work, section, sex, age_group, status
  FROM spell
  CROSS JOIN pool_window
  WHERE to_ix < last_ix
)
SELECT 'residence' AS region_by, residence AS region, key_group, section AS industry, sex, age_group, status, month_ix,
       CAST(SUM(people) AS BIGINT) AS people, CAST(SUM(mix) AS BIGINT) AS mix
FROM edge
GROUP BY residence, key_group, section, sex, age_group, status, month_ix
UNION ALL
SELECT 'work', work, key_group, section, sex, age_group, status, month_ix, CAST(SUM(people) AS BIGINT), CAST(SUM(mix) AS BIGINT)
FROM edge
GROUP BY work, key_group, section, sex, age_group, status, month_ix
UNION ALL
SELECT 'hukou', hukou, key_group, '*', sex, age_group, status, month_ix, CAST(SUM(people) AS BIGINT), CAST(SUM(mix) AS BIGINT)
FROM edge
GROUP BY hukou, key_group, sex, age_group, status, month_ix
UNION ALL
SELECT 'insured', insured, key_group, '*', sex, age_group, status, month_ix, CAST(SUM(people) AS BIGINT), CAST(SUM(mix) AS BIGINT)
FROM edge
GROUP BY insured, key_group, sex, age_group, status, month_ix
