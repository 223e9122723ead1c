-- question  Which job was held in the period before and after, and when was it held last?
-- grain     one row per frequency, person, establishment and period
-- inputs    job_period, lookback
-- output    job_flag(frequency, person, establishment, period_ix, island, b, e, h)
-- codes     frequency: frequency
-- Definitions: LEHD, Quarterly Workforce Indicators. A new hire held the job in none of the periods looked back on.
WITH neighbour AS (
  SELECT frequency, person, establishment, period_ix,
         LAG(period_ix) OVER (PARTITION BY frequency, person, establishment ORDER BY period_ix NULLS FIRST) AS before_ix,
         LEAD(period_ix) OVER (PARTITION BY frequency, person, establishment ORDER BY period_ix NULLS FIRST) AS after_ix,
         period_ix - ROW_NUMBER() OVER (PARTITION BY frequency, person, establishment ORDER BY period_ix NULLS FIRST) AS island
  FROM job_period
)
SELECT n.frequency, n.person, n.establishment, n.period_ix, n.island,
       CASE WHEN n.before_ix = n.period_ix - 1 THEN 1 ELSE 0 END AS b,
       CASE WHEN n.after_ix = n.period_ix + 1 THEN 1 ELSE 0 END AS e,
       CASE WHEN n.before_ix IS NULL OR n.before_ix < n.period_ix - l.periods THEN 1 ELSE 0 END AS h
FROM neighbour n
JOIN lookback l ON l.frequency = n.frequency
