-- question  How many of the employed work in each division?
-- grain     one row per month and cell; a zero is stored in the month in which a cell empties
-- inputs    stock_industry_level, stretch
-- output    stock_industry(month, region_by, region, division, sex, people, cell_key)
-- publish   month
-- order     month, region_by, region, division, sex
-- codes     region_by: region-by, region: region, division: industry, sex: sex
-- as        view
SELECT t.month, l.region_by, l.region, l.division, l.sex, l.people, l.cell_key
FROM stock_industry_level l
JOIN stretch t ON t.from_ix = l.from_ix AND t.months = l.months
