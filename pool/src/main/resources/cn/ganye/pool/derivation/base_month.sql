-- question  On which sum of pension contribution bases did each enterprise pay for each month?
-- grain     one row per establishment without dispatch and month owed; what was taken back is taken off
-- inputs    contribution, unit_enterprise, month
-- output    base_month(establishment, month_ix, base)
SELECT CAST(COALESCE(x.enterprise, c.unit) AS BIGINT) AS establishment, m.month_ix,
       CAST(SUM(CASE WHEN c.payment = 'refund' THEN -ABS(COALESCE(c.base, 0)) ELSE COALESCE(c.base, 0) END) AS BIGINT) AS base
FROM contribution c
JOIN month m ON m.month = c.owed
LEFT JOIN unit_enterprise x ON x.unit = c.unit
WHERE c.kind = 'pension' AND COALESCE(c.mark, 'paid') <> 'due'
GROUP BY COALESCE(x.enterprise, c.unit), m.month_ix
