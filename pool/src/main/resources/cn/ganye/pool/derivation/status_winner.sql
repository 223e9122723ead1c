-- question  Which piece of evidence decides each interval?
-- grain     one row per person and interval that evidence speaks about
-- inputs    status_interval, evidence
-- output    status_winner(person, from_ix, to_ix, since_ix, evidence, basis, status, enterprise, work, insured, section, division)
-- codes     evidence: evidence, basis: basis, status: status, section: industry, division: industry
WITH ranked AS (
  SELECT i.person, i.from_ix, i.to_ix, e.since_ix, e.evidence, e.basis, e.status, e.enterprise, e.work, e.insured, e.section, e.division,
         ROW_NUMBER() OVER (
           PARTITION BY i.person, i.from_ix
           ORDER BY e.rank NULLS LAST, e.since_ix NULLS LAST, e.enterprise NULLS LAST, e.work NULLS LAST, e.insured NULLS LAST) AS place
  FROM status_interval i
  JOIN evidence e ON e.person = i.person AND e.from_ix <= i.from_ix AND e.to_ix >= i.to_ix
)
SELECT person, from_ix, to_ix, since_ix, evidence, basis, status, enterprise, work, insured, section, division
FROM ranked
WHERE place = 1
