-- question  Who is counted in the cells? By the calendar of reports, whose day lies in the month or the one before.
-- inputs    cell, new_employment_event
SELECT DISTINCT e.person, CAST(NULL AS BIGINT) AS enterprise
FROM cell c
JOIN new_employment_event e ON e.region = c.region AND e.verdict = c.verdict
 AND (e.day // 100 = c.month OR (c.calendar <> 'calendar' AND e.day // 100 = CASE WHEN c.month % 100 = 1 THEN c.month - 89 ELSE c.month - 1 END))
