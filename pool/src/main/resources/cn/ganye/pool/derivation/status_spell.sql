-- question  What is each person's inferred status, in unbroken spells?
-- grain     one row per person and spell; the spells of a person cover every month in the frame once
-- inputs    status_interval, status_winner, person, basis_status
-- output    status_spell(person, from_ix, to_ix, status, basis, enterprise, work, insured, section, division)
-- codes     status: status, basis: basis, section: industry, division: industry
WITH decided AS (
  SELECT i.person, i.from_ix, p.to_ix AS last_ix,
         COALESCE(w.basis, CASE WHEN i.from_ix < p.birth_ix + 192 THEN 'child' ELSE 'unknown' END) AS basis,
         w.enterprise,
         COALESCE(w.work, 0) AS work,
         COALESCE(w.insured, 0) AS insured,
         COALESCE(w.section, '-') AS section,
         COALESCE(w.division, '-') AS division
  FROM status_interval i
  JOIN person p ON p.person = i.person
  LEFT JOIN status_winner w ON w.person = i.person AND w.from_ix = i.from_ix
),
told AS (
  SELECT person, from_ix, last_ix, basis, enterprise,
         CASE WHEN basis = 'unknown' THEN 999999 ELSE work END AS work,
         insured,
         CASE WHEN basis = 'not-covered' THEN '-' ELSE section END AS section,
         CASE WHEN basis = 'not-covered' THEN '-' ELSE division END AS division
  FROM decided
),
changed AS (
  SELECT person, from_ix, basis, enterprise, work, insured, section, division, last_ix,
         LAG(basis) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = basis
           AND COALESCE(LAG(enterprise) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST), 0) = COALESCE(enterprise, 0)
           AND LAG(work) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = work
           AND LAG(insured) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = insured
           AND LAG(division) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = division
           AND LAG(section) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = section AS same
  FROM told
)
SELECT c.person, c.from_ix,
       COALESCE(LEAD(c.from_ix) OVER (PARTITION BY c.person ORDER BY c.from_ix NULLS FIRST) - 1, c.last_ix) AS to_ix,
       o.status, c.basis, c.enterprise, c.work, c.insured, c.section, c.division
FROM changed c
JOIN basis_status o ON o.basis = c.basis
WHERE COALESCE(c.same, FALSE) = FALSE
