-- question  Who held which job in which month, and in which quarter?
-- grain     one row per frequency, person, establishment and period
-- inputs    job_month
-- output    job_period(frequency, person, establishment, period_ix)
-- codes     frequency: frequency
SELECT 'month' AS frequency, person, establishment, month_ix AS period_ix
FROM job_month
UNION ALL
SELECT DISTINCT 'quarter' AS frequency, person, establishment,
       CAST((month_ix - month_ix % 3) / 3 AS BIGINT) AS period_ix
FROM job_month
