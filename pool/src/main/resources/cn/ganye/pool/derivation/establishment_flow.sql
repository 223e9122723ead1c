-- question  How many jobs does each establishment have, begin, end and keep in each period?
-- grain     one row per frequency, establishment and period of the window with jobs; outside the window, where one begins or ends
-- inputs    job_tenure, period
-- output    establishment_flow(frequency, period_ix, establishment, m, b, e, f, a, h, r, s, jc, jd)
-- Added up from the beginnings and ends of tenures; a tenure of one period begins and ends in it.
WITH edge AS (
  SELECT frequency, establishment, from_ix AS period_ix, 1 AS begun, recalled, 0 AS ended, CASE WHEN from_ix = to_ix THEN 1 ELSE 0 END AS passing
  FROM job_tenure
  UNION ALL
  SELECT frequency, establishment, to_ix AS period_ix, 0 AS begun, 0 AS recalled, 1 AS ended, 0 AS passing
  FROM job_tenure
),
change AS (
  SELECT frequency, establishment, period_ix,
         CAST(SUM(begun) AS BIGINT) AS begun, CAST(SUM(recalled) AS BIGINT) AS recalled,
         CAST(SUM(ended) AS BIGINT) AS ended, CAST(SUM(passing) AS BIGINT) AS passing
  FROM edge
  GROUP BY frequency, establishment, period_ix
),
level AS (
  SELECT frequency, establishment, period_ix, begun, recalled, ended, passing,
         CAST(SUM(begun - ended) OVER (PARTITION BY frequency, establishment ORDER BY period_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS BIGINT) AS staying,
         LEAD(period_ix) OVER (PARTITION BY frequency, establishment ORDER BY period_ix NULLS FIRST) AS next_ix
  FROM change
),
quiet AS (
  SELECT l.frequency, l.period_ix, l.next_ix, p.period_ix AS at_ix
  FROM (SELECT DISTINCT frequency, period_ix, next_ix FROM level WHERE staying > 0 AND next_ix > period_ix + 1) l
  JOIN period p ON p.frequency = l.frequency AND p.period_ix > l.period_ix AND p.period_ix < l.next_ix
),
counted AS (
  SELECT frequency, period_ix, establishment, staying + ended AS m, begun, recalled, ended, passing
  FROM level
  UNION ALL
  SELECT l.frequency, q.at_ix, l.establishment, l.staying, 0, 0, 0, 0
  FROM level l
  JOIN quiet q ON q.frequency = l.frequency AND q.period_ix = l.period_ix AND q.next_ix = l.next_ix
  WHERE l.staying > 0
)
SELECT frequency, period_ix, establishment, m,
       m - begun AS b,
       m - ended AS e,
       m - begun - ended + passing AS f,
       begun AS a,
       begun - recalled AS h,
       recalled AS r,
       ended AS s,
       GREATEST(begun - ended, 0) AS jc,
       GREATEST(ended - begun, 0) AS jd
FROM counted
