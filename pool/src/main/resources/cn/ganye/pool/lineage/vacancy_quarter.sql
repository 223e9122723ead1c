-- question  Which enterprises have the posts of the cells?
-- inputs    cell, enterprise_vacancy
SELECT DISTINCT CAST(NULL AS BIGINT) AS person, e.enterprise
FROM cell c
JOIN enterprise_vacancy e ON e.period = c.period AND e.region = c.region AND e.industry = c.industry
