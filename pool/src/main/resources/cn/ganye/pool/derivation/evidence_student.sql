-- question  Who is enrolled at a school, as far as its last register tells?
-- grain     one row per person and enrolment, until the register is stale
-- inputs    student, load, month, setting
-- output    evidence_student(person, from_ix, to_ix, basis, enterprise, work, insured, section, division)
-- codes     basis: basis, section: industry, division: industry
SELECT CAST(s.person AS BIGINT) AS person, f.month_ix AS from_ix, t.month_ix + v.value - 1 AS to_ix, 'student' AS basis,
       CAST(NULL AS BIGINT) AS enterprise, 0 AS work, 0 AS insured, '-' AS section, '-' AS division
FROM student s
JOIN load l ON l.load = s.load
JOIN month f ON f.month = CAST((s.enrolled - s.enrolled % 100) / 100 AS BIGINT)
JOIN month t ON t.month = CAST((l.known_from - l.known_from % 100) / 100 AS BIGINT)
JOIN setting v ON v.name = 'student-register-valid'
WHERE s.state IN ('enrolled', 'suspended') AND f.month_ix <= t.month_ix + v.value - 1
