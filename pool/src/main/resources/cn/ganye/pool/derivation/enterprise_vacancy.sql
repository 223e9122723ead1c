-- question  How many posts and people does each employer look for in each county and quarter?
-- grain     one row per whole quarter of the window, enterprise and county, with posts
-- inputs    vacancy_open
-- output    enterprise_vacancy(period, enterprise, region, industry, postings, heads, unstated)
-- publish   whole
-- order     period, enterprise, region
-- codes     period: period, region: region, industry: industry
SELECT period, enterprise, LPAD(CAST(region AS VARCHAR(6)), 6, '0') AS region, section AS industry,
       CAST(COUNT(*) AS BIGINT) AS postings,
       CAST(SUM(COALESCE(heads, 0)) AS BIGINT) AS heads,
       CAST(SUM(CASE WHEN heads IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS unstated
FROM vacancy_open
GROUP BY period, enterprise, region, section
