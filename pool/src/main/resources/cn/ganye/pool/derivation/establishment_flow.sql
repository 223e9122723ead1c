-- question  How many jobs does each establishment have, begin, end and keep in each period?
-- grain     one row per frequency, establishment and period with jobs
-- inputs    job_flag
-- output    establishment_flow(frequency, period_ix, establishment, m, b, e, f, a, h, r, s, jc, jd)
WITH counted AS (
  SELECT frequency, period_ix, establishment,
         CAST(COUNT(*) AS BIGINT) AS m,
         CAST(SUM(b) AS BIGINT) AS b,
         CAST(SUM(e) AS BIGINT) AS e,
         CAST(SUM(b * e) AS BIGINT) AS f,
         CAST(SUM((1 - b) * h) AS BIGINT) AS h
  FROM job_flag
  GROUP BY frequency, period_ix, establishment
)
SELECT frequency, period_ix, establishment, m, b, e, f,
       m - b AS a,
       h,
       m - b - h AS r,
       m - e AS s,
       GREATEST(e - b, 0) AS jc,
       GREATEST(b - e, 0) AS jd
FROM counted
