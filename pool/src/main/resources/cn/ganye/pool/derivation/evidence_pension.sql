-- question  Since when does each person draw an employees' or civil pension?
-- grain     one row per person and pension; residents' pensions are left out, their recipients often still work
-- inputs    pension, month, pool_window
-- output    evidence_pension(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
SELECT CAST(p.person AS BIGINT) AS person, m.month_ix AS from_ix, w.last_ix AS to_ix, 'pension' AS evidence,
       CAST(NULL AS BIGINT) AS enterprise, 0 AS work, 0 AS insured, '-' AS section, '-' AS division
FROM pension p
JOIN month m ON m.month = p.since
CROSS JOIN pool_window w
WHERE p.kind IN ('employees', 'civil') AND p.state = 'paid'
