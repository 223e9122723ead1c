-- question  Who is counted in the cells?
-- inputs    cell, state
SELECT DISTINCT s.person, s.enterprise
FROM cell c
JOIN state s ON s.month = c.month AND s.status = c.status AND s.basis = c.basis AND s.sex = c.sex AND s.age_group = c.age_group
 AND (c.industry = '*' OR s.industry = c.industry) AND (c.education = '*' OR s.education = c.education)
 AND CASE c.region_by WHEN 'residence' THEN s.residence WHEN 'hukou' THEN s.hukou WHEN 'insured' THEN s.insured ELSE s.work END = c.region
