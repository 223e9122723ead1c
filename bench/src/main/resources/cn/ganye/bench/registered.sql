-- question  Is registered unemployment what the key counts, in every county and month?
-- grain     one row per calendar: cells in which either says something, and those that differ
WITH truth AS (
  SELECT calendar, CAST(month AS BIGINT) AS month, region, measure, CAST(people AS BIGINT) AS people FROM key_registered_unemployment
),
said AS (
  SELECT calendar, month, region, measure, CAST(SUM(people) AS BIGINT) AS people
  FROM registered_unemployment
  GROUP BY calendar, month, region, measure
  HAVING SUM(people) <> 0
)
SELECT 'registered-unemployment-' || COALESCE(t.calendar, s.calendar), COUNT(*),
       COUNT(*) FILTER (WHERE COALESCE(t.people, 0) <> COALESCE(s.people, 0))
FROM truth t
FULL JOIN said s ON s.calendar = t.calendar AND s.month = t.month AND s.region = t.region AND s.measure = t.measure
GROUP BY 1
ORDER BY 1
