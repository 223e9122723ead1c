-- say  每月四种口径的人数之和须相等
SELECT month, MIN(people) AS fewest, MAX(people) AS most
FROM (SELECT month, region_by, SUM(people) AS people FROM stock GROUP BY month, region_by) s
GROUP BY month
HAVING MIN(people) <> MAX(people) OR COUNT(*) <> 4
