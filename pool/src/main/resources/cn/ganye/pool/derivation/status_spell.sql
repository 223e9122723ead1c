-- question  What is each person's inferred status, in unbroken spells?
-- grain     one row per person and spell; the spells of a person cover every month in the frame once
-- inputs    status_interval, status_winner, person, basis_status
-- output    status_spell(person, from_ix, to_ix, status, basis, enterprise, work, insured, section, division)
-- codes     status: status, basis: basis, section: industry, division: industry
WITH decided AS (
  SELECT i.person, i.from_ix, i.to_ix,
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
  SELECT person, from_ix, to_ix, basis, enterprise,
         CASE WHEN basis = 'unknown' THEN 999999 ELSE work END AS work,
         insured,
         CASE WHEN basis = 'not-covered' THEN '-' ELSE section END AS section,
         CASE WHEN basis = 'not-covered' THEN '-' ELSE division END AS division
  FROM decided
),
changed AS (
  SELECT person, from_ix, to_ix, basis, enterprise, work, insured, section, division,
         CASE WHEN LAG(basis) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = basis
               AND COALESCE(LAG(enterprise) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST), 0) = COALESCE(enterprise, 0)
               AND LAG(work) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = work
               AND LAG(insured) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST) = insured
              THEN 0 ELSE 1 END AS edge
  FROM told
),
numbered AS (
  SELECT person, from_ix, to_ix, basis, enterprise, work, insured, section, division,
         SUM(edge) OVER (PARTITION BY person ORDER BY from_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS spell
  FROM changed
),
joined AS (
  SELECT person, MIN(from_ix) AS from_ix, MAX(to_ix) AS to_ix, MIN(basis) AS basis, MIN(enterprise) AS enterprise,
         MIN(work) AS work, MIN(insured) AS insured, MIN(section) AS section, MIN(division) AS division
  FROM numbered
  GROUP BY person, spell
)
SELECT j.person, j.from_ix, j.to_ix, o.status, j.basis, j.enterprise, j.work, j.insured, j.section, j.division
FROM joined j
JOIN basis_status o ON o.basis = j.basis
