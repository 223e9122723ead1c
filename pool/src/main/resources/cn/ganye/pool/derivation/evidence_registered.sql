-- question  From which month to which is each person registered unemployed?
-- grain     one row per registration; it ends when it is cancelled, or with the first month of paid work after it
-- inputs    registration_spell, evidence_formal, evidence_flexible
-- output    evidence_registered(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
WITH work AS (
  SELECT person, from_ix, to_ix FROM evidence_formal
  UNION ALL
  SELECT person, from_ix, to_ix FROM evidence_flexible
),
ended AS (
  SELECT r.person, r.from_ix, r.to_ix,
         MIN(CASE WHEN k.person IS NOT NULL THEN GREATEST(k.from_ix, r.from_ix + 1) END) AS work_ix
  FROM registration_spell r
  LEFT JOIN work k ON k.person = r.person AND k.to_ix > r.from_ix
  GROUP BY r.person, r.from_ix, r.to_ix
)
SELECT person, from_ix, LEAST(to_ix, COALESCE(work_ix - 1, 999999)) AS to_ix,
       'unemployment-registration' AS evidence, CAST(NULL AS BIGINT) AS enterprise,
       0 AS work, 0 AS insured, '-' AS section, '-' AS division
FROM ended
