-- question  For which unbroken months did each person draw unemployment benefit?
-- grain     one row per person and unbroken spell
-- inputs    benefit, month
-- output    evidence_benefit(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
WITH drawn AS (
  SELECT b.person, m.month_ix, m.month_ix - ROW_NUMBER() OVER (PARTITION BY b.person ORDER BY m.month_ix NULLS FIRST) AS island
  FROM benefit b
  JOIN month m ON m.month = b.month
)
SELECT CAST(person AS BIGINT) AS person, MIN(month_ix) AS from_ix, MAX(month_ix) AS to_ix, 'benefit' AS evidence,
       CAST(NULL AS BIGINT) AS enterprise, 0 AS work, 0 AS insured, '-' AS section, '-' AS division
FROM drawn
GROUP BY person, island
