-- question  Who is counted in the cells?
-- inputs    cell, person_registration
SELECT DISTINCT r.person, CAST(NULL AS BIGINT) AS enterprise
FROM cell c
JOIN person_registration r ON r.region = c.region
 AND r.from_day // 100 <= CAST(SUBSTR(c.period, 1, 4) AS INTEGER) * 100 + CAST(SUBSTR(c.period, 6) AS INTEGER) * 3
 AND r.to_day // 100 >= CAST(SUBSTR(c.period, 1, 4) AS INTEGER) * 100 + CAST(SUBSTR(c.period, 6) AS INTEGER) * 3 - 2
