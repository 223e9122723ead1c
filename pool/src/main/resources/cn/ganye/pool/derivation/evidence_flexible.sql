-- question  For which unbroken months has each person paid contributions as a flexible worker?
-- grain     one row per person and unbroken spell
-- inputs    flexible_contribution, load, month, person
-- output    evidence_flexible(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
WITH refund AS (
  SELECT person, kind, owed, CAST(SUM(ABS(COALESCE(base, 0))) AS BIGINT) AS base
  FROM flexible_contribution
  WHERE payment = 'refund'
  GROUP BY person, kind, owed
),
payment AS (
  SELECT person, kind, owed, CAST(SUM(COALESCE(base, 0)) AS BIGINT) AS base, MIN(load) AS load
  FROM flexible_contribution
  WHERE payment IN ('normal', 'back') AND COALESCE(mark, 'paid') <> 'due'
  GROUP BY person, kind, owed
),
paid AS (
  SELECT p.person, m.month_ix, MIN(l.region) AS area
  FROM payment p
  JOIN month m ON m.month = p.owed
  JOIN load l ON l.load = p.load
  LEFT JOIN refund r ON r.person = p.person AND r.kind = p.kind AND r.owed = p.owed
  WHERE r.person IS NULL OR r.base < p.base
  GROUP BY p.person, m.month_ix
),
numbered AS (
  SELECT person, month_ix, area,
         month_ix - ROW_NUMBER() OVER (PARTITION BY person ORDER BY month_ix NULLS FIRST) AS island
  FROM paid
),
spell AS (
  SELECT person, MIN(month_ix) AS from_ix, MAX(month_ix) AS to_ix, MIN(area) AS area
  FROM numbered
  GROUP BY person, island
)
SELECT CAST(s.person AS BIGINT) AS person, s.from_ix, s.to_ix, 'flexible-contribution' AS evidence,
       CAST(NULL AS BIGINT) AS enterprise,
       CASE WHEN s.area % 100 <> 0 THEN s.area ELSE p.residence END AS work,
       s.area AS insured, '?' AS section, '?' AS division
FROM spell s
JOIN person p ON p.person = s.person
