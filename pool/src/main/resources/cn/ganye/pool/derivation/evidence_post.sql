-- question  Who holds a public-welfare post or a traineeship, and until when may the record be believed?
-- grain     one row per person and post; one without a last day ends when its kind of post does
-- inputs    welfare_post, traineeship, enterprise, month, person, setting
-- output    evidence_post(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
WITH post AS (
  SELECT person, CASE WHEN kind = 'rural' THEN 'welfare-post-rural' ELSE 'welfare-post-urban' END AS evidence,
         from_day, to_day, CAST(NULL AS BIGINT) AS enterprise
  FROM welfare_post
  UNION ALL
  SELECT person, 'traineeship' AS evidence, from_day, to_day, CAST(enterprise AS BIGINT) AS enterprise
  FROM traineeship
),
held AS (
  SELECT w.person, w.evidence, w.enterprise, f.month_ix AS from_ix,
         LEAST(COALESCE(t.month_ix, 999999), f.month_ix + v.value - 1) AS to_ix
  FROM post w
  JOIN month f ON f.month = CAST((w.from_day - w.from_day % 100) / 100 AS BIGINT)
  LEFT JOIN month t ON t.month = CAST((w.to_day - w.to_day % 100) / 100 AS BIGINT)
  JOIN setting v ON v.name = 'post-valid-' || w.evidence
)
SELECT CAST(h.person AS BIGINT) AS person, h.from_ix, h.to_ix, h.evidence, h.enterprise,
       COALESCE(e.region, p.home) AS work,
       0 AS insured, '?' AS section, '?' AS division
FROM held h
JOIN person p ON p.person = h.person
LEFT JOIN enterprise e ON e.enterprise = h.enterprise
