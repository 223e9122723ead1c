-- question  Where is each employer, and in which industry?
-- grain     one row per enterprise that has jobs
-- inputs    job_month, enterprise, industry_class
-- output    employer(enterprise, region, section, division)
SELECT j.enterprise,
       COALESCE(e.region, 999999) AS region,
       COALESCE(i.section, '?') AS section,
       COALESCE(i.division, '?') AS division
FROM (SELECT DISTINCT enterprise FROM job_month) j
LEFT JOIN enterprise e ON e.enterprise = j.enterprise
LEFT JOIN industry_class i ON i.code = COALESCE(e.industry, e.section)
