-- question  How many people of each key group are in each status, where, by sex, age and industry?
-- grain     one row per month and cell; a zero is stored in the month in which a cell empties
-- inputs    group_level, stretch
-- output    group_stock(month, region_by, region, key_group, industry, sex, age_group, status, people, cell_key)
-- publish   month
-- order     month, region_by, region, key_group, industry, sex, age_group, status
-- codes     region_by: region-by, region: region, key_group: key-group, industry: industry, sex: sex, status: status
-- as        view
SELECT t.month, l.region_by, l.region, l.key_group, l.industry, l.sex, l.age_group, l.status, l.people, l.cell_key
FROM group_level l
JOIN stretch t ON t.from_ix = l.from_ix AND t.months = l.months
