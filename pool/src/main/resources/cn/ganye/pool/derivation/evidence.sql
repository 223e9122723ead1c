-- question  What speaks about each person's status, in which months, and how strongly?
-- grain     one row per piece of evidence, cut to the person's months in the frame
-- inputs    evidence_formal, evidence_flexible, evidence_village, evidence_registered, evidence_pension, evidence_welfare, evidence_student, evidence_gap, person, precedence
-- output    evidence(person, from_ix, to_ix, rank, basis, enterprise, work, insured, section, division)
-- codes     basis: basis, section: industry, division: industry
WITH spoken AS (
  SELECT person, from_ix, to_ix, basis, enterprise, work, insured, section, division FROM evidence_formal
  UNION ALL
  SELECT person, from_ix, to_ix, basis, enterprise, work, insured, section, division FROM evidence_flexible
  UNION ALL
  SELECT person, from_ix, to_ix, basis, enterprise, work, insured, section, division FROM evidence_village
  UNION ALL
  SELECT person, from_ix, to_ix, basis, enterprise, work, insured, section, division FROM evidence_registered
  UNION ALL
  SELECT person, from_ix, to_ix, basis, enterprise, work, insured, section, division FROM evidence_pension
  UNION ALL
  SELECT person, from_ix, to_ix, basis, enterprise, work, insured, section, division FROM evidence_welfare
  UNION ALL
  SELECT person, from_ix, to_ix, basis, enterprise, work, insured, section, division FROM evidence_student
  UNION ALL
  SELECT person, from_ix, to_ix, basis, enterprise, work, insured, section, division FROM evidence_gap
)
SELECT s.person, GREATEST(s.from_ix, p.from_ix) AS from_ix, LEAST(s.to_ix, p.to_ix) AS to_ix,
       o.rank, s.basis, s.enterprise, s.work, s.insured, s.section, s.division
FROM spoken s
JOIN person p ON p.person = s.person
JOIN precedence o ON o.basis = s.basis
WHERE GREATEST(s.from_ix, p.from_ix) <= LEAST(s.to_ix, p.to_ix)
