-- say  来源去向之和须等于当月框内人数
SELECT o.month, o.kind, o.people, s.people AS frame
FROM (SELECT month, kind, SUM(people) AS people FROM od GROUP BY month, kind) o
JOIN (SELECT month, SUM(people) AS people FROM stock WHERE region_by = 'hukou' GROUP BY month) s ON s.month = o.month
WHERE o.people <> s.people
