-- question  For which months was each labour contract filed as running, and where is the work done?
-- grain     one row per filing; one that was never ended runs to the end of the window
-- inputs    labour_filing, enterprise, month, pool_window
-- output    filing_spell(person, enterprise, from_ix, to_ix, dispatched, user_enterprise, work)
-- A dispatched worker's county is that of the user enterprise (用工单位), else that of the employer. 9999-12-31 is no end.
SELECT CAST(f.person AS BIGINT) AS person, CAST(f.enterprise AS BIGINT) AS enterprise,
       b.month_ix AS from_ix,
       LEAST(COALESCE(e.month_ix, w.last_ix), w.last_ix) AS to_ix,
       CASE WHEN f.dispatched = 'yes' THEN 1 ELSE 0 END AS dispatched,
       CAST(f.user_enterprise AS BIGINT) AS user_enterprise,
       CASE WHEN f.dispatched = 'yes' THEN u.region END AS work
FROM labour_filing f
CROSS JOIN pool_window w
JOIN month b ON b.month = CAST((f.from_day - f.from_day % 100) / 100 AS BIGINT)
LEFT JOIN month e ON e.month = CASE WHEN LEAST(COALESCE(f.to_day, 99991231), COALESCE(f.ended, 99991231)) < 21000000
                                    THEN CAST((LEAST(COALESCE(f.to_day, 99991231), COALESCE(f.ended, 99991231))
                                               - LEAST(COALESCE(f.to_day, 99991231), COALESCE(f.ended, 99991231)) % 100) / 100 AS BIGINT) END
LEFT JOIN enterprise u ON u.enterprise = f.user_enterprise
