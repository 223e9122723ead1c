-- question  Hires, separations and their kin by quarter, work county and section
-- grain     one row per whole quarter of the window, county and section; NULL as in flow
-- inputs    flow_cell
-- output    flow_quarter(period, region, industry, m, b, e, f, a, h, r, s, jc, jd)
-- publish   period
-- order     period, region, industry
-- codes     period: period, region: region, industry: industry
SELECT period, region, industry, m, b, e, f, a, h, r, s, jc, jd
FROM flow_cell
WHERE frequency = 'quarter'
