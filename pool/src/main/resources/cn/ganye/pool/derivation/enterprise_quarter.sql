-- question  How many people does each enterprise employ in each county and quarter, and who came and who went?
-- grain     one row per whole quarter, enterprise and work county, from its first quarter with jobs to the one after its last; NULL where a needed quarter is not covered
-- inputs    enterprise_flow
-- output    enterprise_quarter(period, enterprise, region, industry, headcount, hires, separations)
-- publish   whole
-- order     period, enterprise, region
-- codes     period: period, region: region, industry: industry
SELECT period, enterprise, LPAD(CAST(region AS VARCHAR(6)), 6, '0') AS region, section AS industry,
       m AS headcount, a AS hires, s AS separations
FROM enterprise_flow
WHERE frequency = 'quarter'
