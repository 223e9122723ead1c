-- question  How many people are in each status, where, by sex, age, education, industry and basis?
-- grain     one row per month and cell; a zero is stored in the month in which a cell empties
-- inputs    stock_level, stretch
-- output    stock(month, region_by, region, industry, sex, age_group, education, status, basis, people, cell_key)
-- publish   month
-- order     month, region_by, region, industry, sex, age_group, education, status, basis
-- codes     region_by: region-by, region: region, industry: industry, sex: sex, education: education, status: status, basis: basis
-- as        view
SELECT t.month, l.region_by, l.region, l.industry, l.sex, l.age_group, l.education, l.status, l.basis, l.people, l.cell_key
FROM stock_level l
JOIN stretch t ON t.from_ix = l.from_ix AND t.months = l.months
