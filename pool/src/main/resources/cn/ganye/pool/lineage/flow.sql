-- question  Which enterprises have the jobs of the cells?
-- inputs    cell, enterprise_month
SELECT DISTINCT CAST(NULL AS BIGINT) AS person, e.enterprise
FROM cell c
JOIN enterprise_month e ON CAST(e.month AS VARCHAR) = c.period AND e.region = c.region AND e.industry = c.industry
