-- question  From which month to which is each person registered unemployed?
-- grain     one row per registration; it ends when it is cancelled, or with the first month of paid work after it
-- inputs    unemployment_registration, load, month, evidence_formal, evidence_flexible, pool_window
-- output    evidence_registered(person, from_ix, to_ix, basis, enterprise, work, insured, section, division)
-- codes     basis: basis, section: industry, division: industry
WITH registration AS (
  SELECT r.person, m.month_ix AS from_ix,
         MIN(CASE WHEN r.state = 'cancelled' THEN e.month_ix ELSE 999999 END) AS to_ix
  FROM unemployment_registration r
  JOIN load l ON l.load = r.load
  JOIN month m ON m.month = CAST((r.registered - r.registered % 100) / 100 AS BIGINT)
  JOIN month e ON e.month = CASE WHEN l.period > 0 THEN l.period ELSE CAST((l.known_from - l.known_from % 100) / 100 AS BIGINT) END
  GROUP BY r.person, m.month_ix
),
work AS (
  SELECT person, from_ix, to_ix FROM evidence_formal
  UNION ALL
  SELECT person, from_ix, to_ix FROM evidence_flexible
),
ended AS (
  SELECT r.person, r.from_ix, r.to_ix, 
         MIN(CASE WHEN k.person IS NOT NULL THEN GREATEST(k.from_ix, r.from_ix + 1) END) AS work_ix
  FROM registration r
  LEFT JOIN work k ON k.person = r.person AND k.to_ix > r.from_ix
  GROUP BY r.person, r.from_ix, r.to_ix
)
SELECT CAST(e.person AS BIGINT) AS person, e.from_ix, LEAST(e.to_ix, COALESCE(e.work_ix - 1, 999999), w.last_ix) AS to_ix,
       'registered-unemployed' AS basis, CAST(NULL AS BIGINT) AS enterprise,
       0 AS work, 0 AS insured, '-' AS section, '-' AS division
FROM ended e
CROSS JOIN pool_window w
