-- question  Which heads of suspected households are counted in the cells?
-- inputs    cell, suspected_household
SELECT DISTINCT h.person, CAST(NULL AS BIGINT) AS enterprise
FROM cell c
JOIN suspected_household h ON h.region = c.region AND h.kind = c.kind AND h.from_month <= c.month AND h.to_month >= c.month
