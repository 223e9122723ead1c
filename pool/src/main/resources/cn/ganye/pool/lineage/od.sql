-- question  Who is counted in the cells? Of moves from one place of work to another, who works at the second.
-- inputs    cell, state
SELECT DISTINCT s.person, s.enterprise
FROM cell c
JOIN state s ON s.month = c.month AND s.work = c.to_region
 AND (c.kind = 'previous-current' OR CASE c.kind WHEN 'hukou-work' THEN s.hukou ELSE s.residence END = c.from_region)
