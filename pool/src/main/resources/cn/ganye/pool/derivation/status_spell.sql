-- question  What is each person's inferred status, in unbroken spells?
-- grain     one row per person and spell; the spells of a person cover every month in the frame once
-- inputs    status_interval, status_winner, person, precedence, basis_status
-- output    status_spell(person, from_ix, to_ix, status, basis, enterprise, work, insured, section, division)
-- codes     status: status, basis: basis, section: industry, division: industry
WITH decided AS (
  SELECT person, from_ix, to_ix, basis, enterprise, COALESCE(work, 0) AS work, COALESCE(insured, 0) AS insured, section, division
  FROM status_winner
  UNION ALL
  SELECT i.person, i.from_ix, i.to_ix, o.basis, CAST(NULL AS BIGINT), CASE WHEN o.evidence = 'none' THEN 999999 ELSE 0 END, 0, o.industry, o.industry
  FROM status_interval i
  JOIN person p ON p.person = i.person
  JOIN precedence o ON o.evidence = CASE WHEN i.from_ix < p.birth_ix + 192 THEN 'child' ELSE 'none' END
  WHERE NOT EXISTS (SELECT 1 FROM status_winner w WHERE w.person = i.person AND w.from_ix = i.from_ix)
),
begun AS (
  SELECT d.person, d.from_ix, d.basis, d.enterprise, d.work, d.insured, d.section, d.division
  FROM decided d
  LEFT JOIN decided b
    ON b.person = d.person AND b.to_ix + 1 = d.from_ix AND b.basis = d.basis
   AND COALESCE(b.enterprise, 0) = COALESCE(d.enterprise, 0) AND b.work = d.work AND b.insured = d.insured
   AND b.section = d.section AND b.division = d.division
  WHERE b.person IS NULL
)
SELECT b.person, b.from_ix,
       COALESCE(LEAD(b.from_ix) OVER (PARTITION BY b.person ORDER BY b.from_ix NULLS FIRST) - 1, p.to_ix) AS to_ix,
       o.status, b.basis, b.enterprise, b.work, b.insured, b.section, b.division
FROM begun b
JOIN person p ON p.person = b.person
JOIN basis_status o ON o.basis = b.basis
