-- question  Is new urban employment what the key counts, in every county and month, with what does not count and why?
-- grain     one row per calendar: cells in which either says something, and those that differ
WITH truth AS (
  SELECT calendar, CAST(month AS BIGINT) AS month, region, verdict, CAST(people AS BIGINT) AS people FROM key_new_urban_employment
),
said AS (
  SELECT calendar, month, region, verdict, CAST(SUM(people) AS BIGINT) AS people
  FROM new_urban_employment
  GROUP BY calendar, month, region, verdict
  HAVING SUM(people) <> 0
)
SELECT 'new-urban-employment-' || COALESCE(t.calendar, s.calendar), COUNT(*),
       COUNT(*) FILTER (WHERE COALESCE(t.people, 0) <> COALESCE(s.people, 0))
FROM truth t
FULL JOIN said s ON s.calendar = t.calendar AND s.month = t.month AND s.region = t.region AND s.verdict = t.verdict
GROUP BY 1
ORDER BY 1
