-- question  Which cells have an establishment whose sender has not reported a month of the period?
-- grain     one row per frequency, period, region and section
-- inputs    uncovered, job_month, establishment
-- output    flow_gap(frequency, period_ix, region, section)
WITH sent_by AS (
  SELECT DISTINCT e.region, e.section, j.sender_region
  FROM (SELECT DISTINCT establishment, sender_region FROM job_month) j
  JOIN establishment e ON e.establishment = j.establishment
)
SELECT DISTINCT 'month' AS frequency, u.month_ix AS period_ix, s.region, s.section
FROM uncovered u
JOIN sent_by s ON s.sender_region = u.region
UNION ALL
SELECT DISTINCT 'quarter' AS frequency, CAST((u.month_ix - u.month_ix % 3) / 3 AS BIGINT) AS period_ix, s.region, s.section
FROM uncovered u
JOIN sent_by s ON s.sender_region = u.region
