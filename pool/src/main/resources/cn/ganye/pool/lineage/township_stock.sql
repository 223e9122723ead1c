-- question  Who is counted in the cells?
-- inputs    cell, state
SELECT DISTINCT s.person, s.enterprise
FROM cell c
JOIN state s ON s.month = c.month AND s.status = c.status
 AND CASE c.region_by WHEN 'residence' THEN s.residence_place ELSE s.hukou_place END // 1000 = c.township
