-- question  Which enterprise goes by each number, and what is it called?
-- grain     one row per number: a credit code, or an agency's own number of an insured unit
-- inputs    directory_number, directory_name, insured_unit
WITH crosswalk AS (
  SELECT unit, COALESCE(enterprise, unit) AS enterprise
  FROM insured_unit
),
called AS (
  SELECT enterprise, name, ROW_NUMBER() OVER (PARTITION BY enterprise ORDER BY dataset NULLS LAST) AS place
  FROM directory_name
)
SELECT o.enterprise, o.ref AS enterprise_ref, n.number, COALESCE(own.name, shared.name) AS name
FROM directory_number n
LEFT JOIN crosswalk x ON x.unit = n.enterprise
JOIN directory_number o ON o.enterprise = COALESCE(x.enterprise, n.enterprise)
LEFT JOIN called own ON own.enterprise = n.enterprise AND own.place = 1
LEFT JOIN called shared ON shared.enterprise = o.enterprise AND shared.place = 1
ORDER BY o.enterprise NULLS FIRST, n.number NULLS FIRST
