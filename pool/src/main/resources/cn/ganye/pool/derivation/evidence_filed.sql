-- question  Who is in work by a filing, a registration or a business licence that nobody may have ended?
-- grain     one row per labour filing, employment registration and licence
-- inputs    filing_spell, employment_spell, self_employed, enterprise, industry_class, person, month, pool_window
-- output    evidence_filed(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
WITH filed AS (
  SELECT person, from_ix, to_ix, CASE WHEN dispatched = 1 THEN 'filing-dispatched' ELSE 'filing' END AS evidence, enterprise, work
  FROM filing_spell
  UNION ALL
  SELECT s.person, f.month_ix, LEAST(COALESCE(t.month_ix, w.last_ix), w.last_ix),
         CASE s.kind WHEN 'unit' THEN 'registration-unit' WHEN 'business' THEN 'registration-business'
                     WHEN 'flexible' THEN 'registration-flexible' ELSE 'registration-welfare-post' END,
         CAST(NULL AS BIGINT), s.region
  FROM employment_spell s
  CROSS JOIN pool_window w
  JOIN month f ON f.month = CAST((s.from_day - s.from_day % 100) / 100 AS BIGINT)
  LEFT JOIN month t ON t.month = CASE WHEN s.to_day < 21000000 THEN CAST((s.to_day - s.to_day % 100) / 100 AS BIGINT) END
  UNION ALL
  SELECT CAST(b.person AS BIGINT), f.month_ix, w.last_ix, 'business-licence', CAST(b.enterprise AS BIGINT), CAST(NULL AS INTEGER)
  FROM self_employed b
  CROSS JOIN pool_window w
  JOIN month f ON f.month = CAST((b.registered - b.registered % 100) / 100 AS BIGINT)
  WHERE b.state = 'open'
)
SELECT f.person, f.from_ix, f.to_ix, f.evidence, f.enterprise,
       COALESCE(f.work, e.region, p.home) AS work,
       0 AS insured, COALESCE(i.section, '?') AS section, COALESCE(i.division, '?') AS division
FROM filed f
JOIN person p ON p.person = f.person
LEFT JOIN enterprise e ON e.enterprise = f.enterprise
LEFT JOIN industry_class i ON i.code = COALESCE(e.industry, e.section)
WHERE f.from_ix <= f.to_ix
