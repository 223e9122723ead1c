-- question  Who is enrolled at a school, as far as its last register tells?
-- grain     one row per person and enrolment, until graduation or until the register is stale
-- inputs    student, graduate, load, month, setting
-- output    evidence_student(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
WITH leaving AS (
  SELECT g.person, m.month_ix
  FROM graduate g
  JOIN month m ON m.month = CAST((g.graduated - g.graduated % 100) / 100 AS BIGINT)
),
enrolment AS (
  SELECT s.person, f.month_ix AS from_ix, t.month_ix + v.value - 1 AS stale_ix
  FROM student s
  JOIN load l ON l.load = s.load
  JOIN month f ON f.month = CAST((s.enrolled - s.enrolled % 100) / 100 AS BIGINT)
  JOIN month t ON t.month = CAST((l.known_from - l.known_from % 100) / 100 AS BIGINT)
  JOIN setting v ON v.name = 'student-register-valid'
  WHERE s.state IN ('enrolled', 'suspended')
)
SELECT CAST(e.person AS BIGINT) AS person, e.from_ix, LEAST(e.stale_ix, COALESCE(MIN(g.month_ix), 999999)) AS to_ix,
       'school-register' AS evidence, CAST(NULL AS BIGINT) AS enterprise, 0 AS work, 0 AS insured, '-' AS section, '-' AS division
FROM enrolment e
LEFT JOIN leaving g ON g.person = e.person AND g.month_ix >= e.from_ix
WHERE e.from_ix <= e.stale_ix
GROUP BY e.person, e.from_ix, e.stale_ix
