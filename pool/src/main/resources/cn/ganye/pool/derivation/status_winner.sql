-- question  Which piece of evidence decides each interval?
-- grain     one row per person and interval that evidence speaks about
-- inputs    status_interval, evidence
-- output    status_winner(person, from_ix, basis, enterprise, work, insured, section, division)
-- codes     basis: basis, section: industry, division: industry
WITH ranked AS (
  SELECT i.person, i.from_ix, e.basis, e.enterprise, e.work, e.insured, e.section, e.division,
         ROW_NUMBER() OVER (
           PARTITION BY i.person, i.from_ix
           ORDER BY e.rank NULLS LAST, e.from_ix NULLS LAST, e.enterprise NULLS LAST, e.work NULLS LAST, e.insured NULLS LAST) AS place
  FROM status_interval i
  JOIN evidence e ON e.person = i.person AND e.from_ix <= i.from_ix AND e.to_ix >= i.to_ix
)
SELECT person, from_ix, basis, enterprise, work, insured, section, division
FROM ranked
WHERE place = 1
