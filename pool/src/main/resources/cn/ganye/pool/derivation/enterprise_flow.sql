-- question  How many jobs has each enterprise in each county and period, and how many began and ended?
-- grain     one row per frequency, period of the window, enterprise and work county, from its first period with jobs to the one after its last; NULL where a needed period is not covered
-- inputs    establishment_flow, establishment, job_month, uncovered, period_reach
-- output    enterprise_flow(frequency, period_ix, period, enterprise, region, section, m, a, s)
-- m, a and s are as in LEHD's QWI: jobs at any time in the period, accessions, separations.
WITH life AS (
  SELECT frequency, establishment, MIN(period_ix) AS first_ix, MAX(period_ix) AS last_ix
  FROM establishment_flow
  GROUP BY frequency, establishment
),
sender AS (
  SELECT establishment, MIN(sender_region) AS sender_region FROM job_month GROUP BY establishment
),
missing AS (
  SELECT 'month' AS frequency, region, month_ix AS period_ix FROM uncovered
  UNION ALL
  SELECT DISTINCT 'quarter' AS frequency, region, CAST((month_ix - month_ix % 3) / 3 AS BIGINT) AS period_ix FROM uncovered
),
asked AS (
  SELECT l.frequency, l.establishment, p.period_ix, p.period,
         CASE WHEN u.period_ix IS NULL THEN 1 ELSE 0 END AS here,
         CASE WHEN u.period_ix IS NULL AND b.period_ix IS NULL AND p.has_before THEN 1 ELSE 0 END AS before,
         CASE WHEN u.period_ix IS NULL AND a.period_ix IS NULL AND p.has_after THEN 1 ELSE 0 END AS after
  FROM life l
  JOIN sender s ON s.establishment = l.establishment
  JOIN period_reach p ON p.frequency = l.frequency AND p.period_ix >= l.first_ix AND p.period_ix <= l.last_ix + 1
  LEFT JOIN missing u ON u.frequency = l.frequency AND u.region = s.sender_region AND u.period_ix = p.period_ix
  LEFT JOIN missing b ON b.frequency = l.frequency AND b.region = s.sender_region AND b.period_ix = p.period_ix - 1
  LEFT JOIN missing a ON a.frequency = l.frequency AND a.region = s.sender_region AND a.period_ix = p.period_ix + 1
)
SELECT q.frequency, q.period_ix, q.period, e.enterprise, e.region, MIN(e.section) AS section,
       CASE WHEN MIN(q.here) = 1 THEN CAST(SUM(COALESCE(f.m, 0)) AS BIGINT) END AS m,
       CASE WHEN MIN(q.before) = 1 THEN CAST(SUM(COALESCE(f.a, 0)) AS BIGINT) END AS a,
       CASE WHEN MIN(q.after) = 1 THEN CAST(SUM(COALESCE(f.s, 0)) AS BIGINT) END AS s
FROM asked q
JOIN establishment e ON e.establishment = q.establishment
LEFT JOIN establishment_flow f
  ON f.frequency = q.frequency AND f.period_ix = q.period_ix AND f.establishment = q.establishment
GROUP BY q.frequency, q.period_ix, q.period, e.enterprise, e.region
