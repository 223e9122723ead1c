-- question  Which enterprise stands behind each insured unit, and in which pool is it insured?
-- grain     one row per insured unit
-- inputs    insured_unit
-- output    unit_enterprise(unit, enterprise, area)
SELECT unit, COALESCE(enterprise, unit) AS enterprise, area
FROM insured_unit
