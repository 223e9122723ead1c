-- question  What is each person's inferred status, in unbroken spells?
-- grain     one row per person and spell; the spells of a person cover every month in the frame once
-- inputs    status_interval, status_winner, person, precedence, basis_status
-- output    status_spell(person, from_ix, to_ix, status, basis, enterprise, work, insured, section, division)
-- codes     status: status, basis: basis, section: industry, division: industry
WITH decided AS (
  SELECT person, from_ix, basis, enterprise, COALESCE(work, 0) AS work, COALESCE(insured, 0) AS insured, section, division
  FROM status_winner
  UNION ALL
  SELECT i.person, i.from_ix, o.basis, CAST(NULL AS BIGINT), CASE WHEN o.evidence = 'none' THEN 999999 ELSE 0 END, 0, o.industry, o.industry
  FROM status_interval i
  JOIN person p ON p.person = i.person
  JOIN precedence o ON o.evidence = CASE WHEN i.from_ix < p.birth_ix + 192 THEN 'child' ELSE 'none' END
  WHERE NOT EXISTS (SELECT 1 FROM status_winner w WHERE w.person = i.person AND w.from_ix = i.from_ix)
),
changed AS (
  SELECT person, from_ix, basis, enterprise, work, insured, section, division,
         LAG(basis) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = basis
           AND COALESCE(LAG(enterprise) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST), 0) = COALESCE(enterprise, 0)
           AND LAG(work) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = work
           AND LAG(insured) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = insured
           AND LAG(division) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = division
           AND LAG(section) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = section AS same
  FROM decided
)
SELECT c.person, c.from_ix,
       COALESCE(LEAD(c.from_ix) OVER (PARTITION BY c.person ORDER BY c.from_ix NULLS FIRST) - 1, p.to_ix) AS to_ix,
       o.status, c.basis, c.enterprise, c.work, c.insured, c.section, c.division
FROM changed c
JOIN person p ON p.person = c.person
JOIN basis_status o ON o.basis = c.basis
WHERE COALESCE(c.same, FALSE) = FALSE
