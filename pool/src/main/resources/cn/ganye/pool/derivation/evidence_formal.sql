-- question  Which unbroken spells of jobs does each person have?
-- grain     one row per person, establishment and unbroken spell; whether by dispatch and where insured as in its first month
-- inputs    job_spell, establishment
-- output    evidence_formal(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
SELECT j.person, j.from_ix, j.to_ix,
       CASE WHEN j.dispatched = 1 THEN 'contribution-dispatched' ELSE 'contribution' END AS evidence,
       e.enterprise, e.region AS work, j.area AS insured, e.section, e.division
FROM job_spell j
JOIN establishment e ON e.establishment = j.establishment
