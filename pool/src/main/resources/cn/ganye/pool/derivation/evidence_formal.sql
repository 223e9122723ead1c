-- question  Which unbroken spells of jobs does each person have?
-- grain     one row per person, enterprise and unbroken spell
-- inputs    job_flag, job_month, employer
-- output    evidence_formal(person, from_ix, to_ix, basis, enterprise, work, insured, section, division)
-- codes     basis: basis, section: industry, division: industry
SELECT f.person, MIN(f.period_ix) AS from_ix, MAX(f.period_ix) AS to_ix, 'formal' AS basis,
       f.enterprise, MIN(e.region) AS work, MIN(j.area) AS insured,
       MIN(e.section) AS section, MIN(e.division) AS division
FROM job_flag f
JOIN job_month j ON j.person = f.person AND j.enterprise = f.enterprise AND j.month_ix = f.period_ix
JOIN employer e ON e.enterprise = f.enterprise
WHERE f.frequency = 'month'
GROUP BY f.person, f.enterprise, f.island
