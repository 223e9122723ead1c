-- question  How many employers recruit for how many posts and people, in each county and section?
-- grain     one row per whole quarter of the window, county and section; NULL where the office has not sent its vacancies
-- inputs    vacancy_open, vacancy_gap, period, home_county
-- output    vacancy_quarter(period, region, industry, units, postings, heads, unstated)
-- publish   whole
-- order     period, region, industry
-- codes     period: period, region: region, industry: industry
-- An employer that recruits in two counties counts in both. unstated are posts whose number of people is a placeholder.
WITH counted AS (
  SELECT period, region, section,
         CAST(COUNT(DISTINCT enterprise) AS BIGINT) AS units,
         CAST(COUNT(*) AS BIGINT) AS postings,
         CAST(SUM(COALESCE(heads, 0)) AS BIGINT) AS heads,
         CAST(SUM(CASE WHEN heads IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS unstated
  FROM vacancy_open
  GROUP BY period, region, section
),
place AS (
  SELECT region FROM home_county
  UNION
  SELECT region FROM vacancy_open
),
asked AS (
  SELECT q.period, p.region, s.section
  FROM period q
  CROSS JOIN place p
  CROSS JOIN (SELECT DISTINCT section FROM vacancy_open) s
  WHERE q.frequency = 'quarter'
)
SELECT a.period, LPAD(CAST(a.region AS VARCHAR(6)), 6, '0') AS region, a.section AS industry,
       CASE WHEN g.region IS NULL THEN COALESCE(c.units, 0) END AS units,
       CASE WHEN g.region IS NULL THEN COALESCE(c.postings, 0) END AS postings,
       CASE WHEN g.region IS NULL THEN COALESCE(c.heads, 0) END AS heads,
       CASE WHEN g.region IS NULL THEN COALESCE(c.unstated, 0) END AS unstated
FROM asked a
LEFT JOIN counted c ON c.period = a.period AND c.region = a.region AND c.section = a.section
LEFT JOIN vacancy_gap g ON g.period = a.period AND g.region = a.region
