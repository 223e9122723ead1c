-- say  主键不得重复
SELECT ${key} FROM ${mart} GROUP BY ${key} HAVING COUNT(*) > 1
