-- question  Who serves in the forces or is in prison?
-- grain     one row per person and term; one without a last day runs to the end of the window
-- inputs    military_service, imprisonment, month, pool_window
-- output    evidence_custody(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
WITH term AS (
  SELECT person, 'military-service' AS evidence, from_day, to_day FROM military_service
  UNION ALL
  SELECT person, 'imprisonment' AS evidence, from_day, to_day FROM imprisonment
)
SELECT CAST(s.person AS BIGINT) AS person, f.month_ix AS from_ix, LEAST(COALESCE(t.month_ix, w.last_ix), w.last_ix) AS to_ix,
       s.evidence, CAST(NULL AS BIGINT) AS enterprise, 0 AS work, 0 AS insured, '-' AS section, '-' AS division
FROM term s
CROSS JOIN pool_window w
JOIN month f ON f.month = CAST((s.from_day - s.from_day % 100) / 100 AS BIGINT)
LEFT JOIN month t ON t.month = CASE WHEN s.to_day < 21000000 THEN CAST((s.to_day - s.to_day % 100) / 100 AS BIGINT) END
