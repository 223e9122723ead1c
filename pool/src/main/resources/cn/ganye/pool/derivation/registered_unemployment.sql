-- question  How many people are registered unemployed at the end of each month, and how many came and went in it?
-- grain     one row per calendar, month, county, measure and sex; NULL where the office's file of the month has not come
-- inputs    registration_spell, calendar_day, calendar_month, person, register_gap, home_county
-- output    registered_unemployment(calendar, month, region, measure, sex, people, cell_key)
-- publish   whole
-- order     calendar, month, region, measure, sex
-- codes     calendar: calendar, region: region, measure: registration-measure, sex: sex
-- Registered, not inferred: a registration counts until the office cancels it. 失业登记 by GB/T 33534; the reporting month is a setting.
WITH spell AS (
  SELECT r.person, r.region, COALESCE(p.sex, '9') AS sex, r.from_day, r.to_day, mix32(r.person) AS mix
  FROM registration_spell r
  LEFT JOIN person p ON p.person = r.person
),
edge AS (
  SELECT c.calendar, c.month_ix, s.region, s.sex, 'registered' AS measure, 1 AS people, s.mix
  FROM spell s
  JOIN calendar_day c ON c.day = s.from_day
  UNION ALL
  SELECT c.calendar, c.month_ix, s.region, s.sex, 'cancelled', 1, s.mix
  FROM spell s
  JOIN calendar_day c ON c.day = s.to_day
),
moved AS (
  SELECT calendar, month_ix, region, sex, measure, CAST(SUM(people) AS BIGINT) AS people, CAST(SUM(mix) AS BIGINT) AS mix
  FROM edge
  GROUP BY calendar, month_ix, region, sex, measure
),
cell AS (
  SELECT DISTINCT calendar, region, sex FROM moved
),
asked AS (
  SELECT m.calendar, m.month_ix, m.month, c.region, c.sex
  FROM calendar_month m
  JOIN cell c ON c.calendar = m.calendar
),
held AS (
  SELECT a.calendar, a.month, a.region, a.sex, 'stock' AS measure,
         CAST(SUM(CASE WHEN v.measure = 'registered' THEN v.people WHEN v.measure = 'cancelled' THEN -v.people ELSE 0 END) AS BIGINT) AS people,
         CAST(SUM(CASE WHEN v.measure = 'registered' THEN v.mix WHEN v.measure = 'cancelled' THEN -v.mix ELSE 0 END) AS BIGINT) AS mix,
         a.month_ix
  FROM asked a
  LEFT JOIN moved v ON v.calendar = a.calendar AND v.region = a.region AND v.sex = a.sex AND v.month_ix <= a.month_ix
  GROUP BY a.calendar, a.month, a.region, a.sex, a.month_ix
),
told AS (
  SELECT calendar, month, region, sex, measure, people, mix, month_ix FROM held
  UNION ALL
  SELECT a.calendar, a.month, a.region, a.sex, k.measure, COALESCE(v.people, 0), COALESCE(v.mix, 0), a.month_ix
  FROM asked a
  CROSS JOIN (SELECT 'registered' AS measure UNION ALL SELECT 'cancelled') k
  LEFT JOIN moved v ON v.calendar = a.calendar AND v.region = a.region AND v.sex = a.sex AND v.month_ix = a.month_ix AND v.measure = k.measure
)
SELECT t.calendar, t.month, LPAD(CAST(t.region AS VARCHAR(6)), 6, '0') AS region, t.measure, t.sex,
       CASE WHEN g.region IS NULL THEN t.people END AS people,
       CASE WHEN g.region IS NULL THEN CAST(t.mix % 4294967296 AS BIGINT) END AS cell_key
FROM told t
LEFT JOIN register_gap g ON g.dataset = 'unemployment-registration' AND g.region = t.region AND g.month_ix = t.month_ix
