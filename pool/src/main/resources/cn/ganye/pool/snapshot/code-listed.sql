-- say  代码须在代码表内
SELECT '${column}' AS unlisted_in, said FROM (SELECT DISTINCT ${column} AS said FROM ${mart}) d
WHERE said IS NOT NULL AND NOT EXISTS (SELECT 1 FROM code_list c WHERE c.list = '${list}' AND c.code = d.said)
