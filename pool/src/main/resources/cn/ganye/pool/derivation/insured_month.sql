-- question  Which enterprise insured whom in which month?
-- grain     one row per person, enterprise and month owed
-- inputs    unit_month, unit_enterprise, load, month
-- output    insured_month(person, enterprise, month_ix, sender_region, area)
-- Most enterprises have one insured unit: only the months of those with several are brought together.
WITH known AS (
  SELECT d.unit, CAST(COALESCE(x.enterprise, d.unit) AS BIGINT) AS enterprise, x.area
  FROM (SELECT DISTINCT unit FROM unit_month) d
  LEFT JOIN unit_enterprise x ON x.unit = d.unit
),
several AS (
  SELECT enterprise
  FROM known
  GROUP BY enterprise
  HAVING COUNT(*) > 1
),
paid AS (
  SELECT CAST(u.person AS BIGINT) AS person, k.enterprise, m.month_ix, l.region AS sender_region,
         COALESCE(k.area, l.region) AS area, s.enterprise AS several
  FROM unit_month u
  JOIN known k ON k.unit = u.unit
  JOIN month m ON m.month = u.owed
  JOIN load l ON l.load = u.load
  LEFT JOIN several s ON s.enterprise = k.enterprise
)
SELECT person, enterprise, month_ix, sender_region, area
FROM paid
WHERE several IS NULL
UNION ALL
SELECT person, enterprise, month_ix, MIN(sender_region) AS sender_region, MIN(area) AS area
FROM paid
WHERE several IS NOT NULL
GROUP BY person, enterprise, month_ix
