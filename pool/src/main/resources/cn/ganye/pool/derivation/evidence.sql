-- question  What speaks about each person's status, in which months, and how strongly?
-- grain     one row per piece of evidence, cut to the person's months in the frame; since_ix is where it really began
-- inputs    evidence_formal, evidence_flexible, evidence_post, evidence_village, evidence_gap, evidence_custody, evidence_pension, evidence_benefit, evidence_registered, evidence_student, evidence_filed, person, precedence
-- output    evidence(person, from_ix, to_ix, since_ix, rank, evidence, basis, status, enterprise, work, insured, section, division)
-- codes     evidence: evidence, basis: basis, status: status, section: industry, division: industry
WITH spoken AS (
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_formal
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_flexible
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_post
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_village
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_gap
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_custody
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_pension
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_benefit
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_registered
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_student
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, enterprise, work, insured, section, division FROM evidence_filed
)
SELECT s.person, GREATEST(s.from_ix, p.from_ix) AS from_ix, LEAST(s.to_ix, p.to_ix) AS to_ix, s.from_ix AS since_ix,
       o.rank, s.evidence, o.basis, o.status, s.enterprise, s.work, s.insured, s.section, s.division
FROM spoken s
JOIN person p ON p.person = s.person
JOIN precedence o ON o.evidence = s.evidence
WHERE GREATEST(s.from_ix, p.from_ix) <= LEAST(s.to_ix, p.to_ix)
