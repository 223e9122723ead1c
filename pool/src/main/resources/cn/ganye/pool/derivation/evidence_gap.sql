-- question  Whose status hangs on a file that has not come?
-- grain     one row per person and unbroken run of months for which the sender that showed the person employed has not reported
-- inputs    uncovered, job_month
-- output    evidence_gap(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
WITH numbered AS (
  SELECT region, month_ix, month_ix - ROW_NUMBER() OVER (PARTITION BY region ORDER BY month_ix NULLS FIRST) AS island
  FROM uncovered
),
run AS (
  SELECT region, MIN(month_ix) AS from_ix, MAX(month_ix) AS to_ix
  FROM numbered
  GROUP BY region, island
)
SELECT DISTINCT j.person, r.from_ix, r.to_ix, 'not-covered' AS evidence,
       CAST(NULL AS BIGINT) AS enterprise, 999999 AS work, 999999 AS insured, '-' AS section, '-' AS division
FROM run r
JOIN job_month j ON j.sender_region = r.region
WHERE j.month_ix = r.from_ix - 1 OR j.month_ix = r.to_ix + 1
