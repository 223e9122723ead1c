-- question  Who is counted in the cells? By the calendar of reports, whose day lies in the month or the one before.
-- inputs    cell, person_registration
WITH asked AS (
  SELECT region, measure, calendar, month, CASE WHEN month % 100 = 1 THEN month - 89 ELSE month - 1 END AS before
  FROM cell
),
told AS (
  SELECT person, region, from_day // 100 AS from_month, to_day // 100 AS to_month FROM person_registration
)
SELECT DISTINCT t.person, CAST(NULL AS BIGINT) AS enterprise
FROM asked a
JOIN told t ON t.region = a.region
 AND CASE a.measure
       WHEN 'stock' THEN t.from_month <= a.month AND (t.to_month > a.month OR (a.calendar <> 'calendar' AND t.to_month = a.month))
       WHEN 'registered' THEN t.from_month = a.month OR (a.calendar <> 'calendar' AND t.from_month = a.before)
       ELSE t.to_month = a.month OR (a.calendar <> 'calendar' AND t.to_month = a.before) END
