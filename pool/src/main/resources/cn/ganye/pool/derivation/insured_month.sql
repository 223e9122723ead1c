-- question  Which enterprise insured whom in which month?
-- grain     one row per person, enterprise and month owed
-- inputs    unit_month, unit_enterprise, load, month
-- output    insured_month(person, enterprise, month_ix, sender_region, area)
SELECT CAST(u.person AS BIGINT) AS person,
       CAST(COALESCE(x.enterprise, u.unit) AS BIGINT) AS enterprise,
       m.month_ix,
       MIN(l.region) AS sender_region,
       MIN(COALESCE(x.area, l.region)) AS area
FROM unit_month u
JOIN month m ON m.month = u.owed
JOIN load l ON l.load = u.load
LEFT JOIN unit_enterprise x ON x.unit = u.unit
GROUP BY u.person, COALESCE(x.enterprise, u.unit), m.month_ix
