-- question  How many people does each enterprise employ in each county and month, who came and who went, and on which bases is paid?
-- grain     one row per month, enterprise and work county, from its first month with jobs to its last; NULL where a needed month is not covered
-- inputs    job_flag, establishment, base_month, job_month, uncovered, month, pool_window, period_reach
-- output    enterprise_month(month, enterprise, region, industry, headcount, hires, separations, base_sum)
-- publish   month
-- order     month, enterprise, region
-- codes     region: region, industry: industry
-- hires and separations are accessions and separations of LEHD's QWI; bases are contribution bases in fen, not wages.
WITH counted AS (
  SELECT establishment, period_ix, CAST(COUNT(*) AS BIGINT) AS headcount, CAST(SUM(1 - b) AS BIGINT) AS hires, CAST(SUM(1 - e) AS BIGINT) AS separations
  FROM job_flag
  WHERE frequency = 'month'
  GROUP BY establishment, period_ix
),
life AS (
  SELECT establishment, MIN(period_ix) AS first_ix, MAX(period_ix) AS last_ix FROM counted GROUP BY establishment
),
sender AS (
  SELECT establishment, MIN(sender_region) AS sender_region FROM job_month GROUP BY establishment
),
asked AS (
  SELECT l.establishment, m.month, m.month_ix,
         CASE WHEN u.month_ix IS NULL THEN 1 ELSE 0 END AS here,
         CASE WHEN u.month_ix IS NULL AND b.month_ix IS NULL AND p.has_before THEN 1 ELSE 0 END AS before,
         CASE WHEN u.month_ix IS NULL AND a.month_ix IS NULL AND p.has_after THEN 1 ELSE 0 END AS after
  FROM life l
  JOIN sender s ON s.establishment = l.establishment
  CROSS JOIN pool_window w
  JOIN month m ON m.month_ix >= GREATEST(l.first_ix, w.first_ix) AND m.month_ix <= LEAST(l.last_ix + 1, w.last_ix)
  JOIN period_reach p ON p.frequency = 'month' AND p.period_ix = m.month_ix
  LEFT JOIN uncovered u ON u.region = s.sender_region AND u.month_ix = m.month_ix
  LEFT JOIN uncovered b ON b.region = s.sender_region AND b.month_ix = m.month_ix - 1
  LEFT JOIN uncovered a ON a.region = s.sender_region AND a.month_ix = m.month_ix + 1
)
SELECT q.month, e.enterprise, LPAD(CAST(e.region AS VARCHAR(6)), 6, '0') AS region, MIN(e.section) AS industry,
       CASE WHEN MIN(q.here) = 1 THEN CAST(SUM(COALESCE(c.headcount, 0)) AS BIGINT) END AS headcount,
       CASE WHEN MIN(q.before) = 1 THEN CAST(SUM(COALESCE(c.hires, 0)) AS BIGINT) END AS hires,
       CASE WHEN MIN(q.after) = 1 THEN CAST(SUM(COALESCE(c.separations, 0)) AS BIGINT) END AS separations,
       CASE WHEN MIN(q.here) = 1 THEN CAST(SUM(COALESCE(s.base, 0)) AS BIGINT) END AS base_sum
FROM asked q
JOIN establishment e ON e.establishment = q.establishment
LEFT JOIN counted c ON c.establishment = q.establishment AND c.period_ix = q.month_ix
LEFT JOIN base_month s ON s.establishment = q.establishment AND s.month_ix = q.month_ix
GROUP BY q.month, e.enterprise, e.region
