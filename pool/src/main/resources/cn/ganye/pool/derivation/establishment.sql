-- question  Where is each establishment, whose is it, and in which industry?
-- grain     one row per establishment that has jobs
-- inputs    job_spell, posting, enterprise, industry_class
-- output    establishment(establishment, enterprise, region, section, division)
SELECT j.establishment,
       COALESCE(p.enterprise, j.establishment) AS enterprise,
       COALESCE(p.work, e.region, 999999) AS region,
       COALESCE(i.section, '?') AS section,
       COALESCE(i.division, '?') AS division
FROM (SELECT DISTINCT establishment FROM job_spell) j
LEFT JOIN posting p ON p.establishment = j.establishment
LEFT JOIN enterprise e ON e.enterprise = COALESCE(p.enterprise, j.establishment)
LEFT JOIN industry_class i ON i.code = COALESCE(e.industry, e.section)
