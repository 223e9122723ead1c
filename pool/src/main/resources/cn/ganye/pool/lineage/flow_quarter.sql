-- question  Which enterprises have the jobs of the cells?
-- inputs    cell, enterprise_quarter
SELECT DISTINCT CAST(NULL AS BIGINT) AS person, e.enterprise
FROM cell c
JOIN enterprise_quarter e ON e.period = c.period AND e.region = c.region AND e.industry = c.industry
