-- question  Which unbroken spells of jobs does each person have?
-- grain     one row per person, establishment and unbroken spell
-- inputs    job_flag, job_month, establishment
-- output    evidence_formal(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
SELECT f.person, MIN(f.period_ix) AS from_ix, MAX(f.period_ix) AS to_ix,
       CASE WHEN MAX(j.dispatched) = 1 THEN 'contribution-dispatched' ELSE 'contribution' END AS evidence,
       MIN(e.enterprise) AS enterprise, MIN(e.region) AS work, MIN(j.area) AS insured,
       MIN(e.section) AS section, MIN(e.division) AS division
FROM job_flag f
JOIN job_month j ON j.person = f.person AND j.establishment = f.establishment AND j.month_ix = f.period_ix
JOIN establishment e ON e.establishment = f.establishment
WHERE f.frequency = 'month'
GROUP BY f.person, f.establishment, f.island
