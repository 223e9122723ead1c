-- question  Hires, separations and their kin by month, work county and section
-- grain     one row per month, county and section; NULL where a month that is needed is not covered or outside the window
-- inputs    flow_cell
-- output    flow(period, region, industry, m, b, e, f, a, h, r, s, jc, jd)
-- publish   period
-- order     period, region, industry
-- codes     period: period, region: region, industry: industry
SELECT period, region, industry, m, b, e, f, a, h, r, s, jc, jd
FROM flow_cell
WHERE frequency = 'month'
