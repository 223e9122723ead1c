-- question  Who is counted in the cells? Divisions of people are not kept: who works in the division's section.
-- inputs    cell, state, division
SELECT DISTINCT s.person, s.enterprise
FROM cell c
LEFT JOIN division d ON d.code = c.division
JOIN state s ON s.month = c.month AND s.status = 'EMPLOYED' AND s.sex = c.sex AND (d.section IS NULL OR s.industry = d.section)
 AND CASE c.region_by WHEN 'residence' THEN s.residence WHEN 'hukou' THEN s.hukou WHEN 'insured' THEN s.insured ELSE s.work END = c.region
