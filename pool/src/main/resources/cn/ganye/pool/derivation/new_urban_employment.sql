-- question  How many people are newly employed in towns each month, and how many left work by retirement or death?
-- grain     one row per calendar, month, county and verdict; NULL where the office's file of the month has not come
-- inputs    new_employment_event, calendar_day, calendar_month, register_gap
-- output    new_urban_employment(calendar, month, region, verdict, people, cell_key)
-- publish   whole
-- order     calendar, month, region, verdict
-- codes     calendar: calendar, region: region, verdict: new-employment-verdict
-- Registered, not inferred, and no QWI hires. 城镇新增就业 = counted − attrition.
WITH moved AS (
  SELECT c.calendar, c.month_ix, e.region, e.verdict, CAST(COUNT(*) AS BIGINT) AS people, CAST(SUM(mix32(e.person)) AS BIGINT) AS mix
  FROM new_employment_event e
  JOIN calendar_day c ON c.day = e.day
  GROUP BY c.calendar, c.month_ix, e.region, e.verdict
),
cell AS (
  SELECT DISTINCT calendar, region FROM moved
),
verdict AS (
  SELECT DISTINCT verdict FROM moved
),
asked AS (
  SELECT m.calendar, m.month_ix, m.month, c.region, v.verdict
  FROM calendar_month m
  JOIN cell c ON c.calendar = m.calendar
  CROSS JOIN verdict v
)
SELECT a.calendar, a.month, a.region, a.verdict,
       CASE WHEN g.region IS NULL THEN COALESCE(v.people, 0) END AS people,
       CASE WHEN g.region IS NULL THEN CAST(COALESCE(v.mix, 0) % 4294967296 AS BIGINT) END AS cell_key
FROM asked a
LEFT JOIN moved v ON v.calendar = a.calendar AND v.month_ix = a.month_ix AND v.region = a.region AND v.verdict = a.verdict
LEFT JOIN register_gap g ON g.dataset = 'employment-registration' AND g.region = CAST(a.region AS INTEGER) AND g.month_ix = a.month_ix
