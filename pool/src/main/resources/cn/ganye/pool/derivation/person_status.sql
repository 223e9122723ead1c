-- question  What is each person's inferred status, from which month to which?
-- grain     one row per person and spell; filed by person, so that one look-up opens one small file
-- inputs    status_spell, month
-- output    person_status(person, from_month, to_month, status, basis, enterprise, region, insured, industry)
-- publish   person by 16384
-- order     person, from_month
-- codes     status: status, basis: basis, region: region, insured: region, industry: industry
SELECT s.person, f.month AS from_month, t.month AS to_month, s.status, s.basis, s.enterprise,
       LPAD(CAST(s.work AS VARCHAR(6)), 6, '0') AS region,
       LPAD(CAST(s.insured AS VARCHAR(6)), 6, '0') AS insured,
       s.section AS industry
FROM status_spell s
JOIN month f ON f.month_ix = s.from_ix
JOIN month t ON t.month_ix = s.to_ix
