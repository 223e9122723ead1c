-- question  Which unbroken spells of jobs does each person have?
-- grain     one row per person, establishment and unbroken spell; whether by dispatch and where insured as in its first month
-- inputs    job_flag, job_month, establishment
-- output    evidence_formal(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
WITH spell AS (
  SELECT person, establishment, MIN(period_ix) AS from_ix, MAX(period_ix) AS to_ix
  FROM job_flag
  WHERE frequency = 'month'
  GROUP BY person, establishment, island
)
SELECT f.person, f.from_ix, f.to_ix,
       CASE WHEN j.dispatched = 1 THEN 'contribution-dispatched' ELSE 'contribution' END AS evidence,
       e.enterprise, e.region AS work, j.area AS insured, e.section, e.division
FROM spell f
JOIN job_month j ON j.person = f.person AND j.establishment = f.establishment AND j.month_ix = f.from_ix
JOIN establishment e ON e.establishment = f.establishment
