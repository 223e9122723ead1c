-- question  Which periods of the window have the neighbours that each measure needs?
-- grain     one row per frequency and period of the window
-- inputs    period, lookback
-- output    period_reach(frequency, period_ix, period, has_before, has_after, has_lookback)
SELECT p.frequency, p.period_ix, p.period,
       p.period_ix > s.first_ix AS has_before,
       p.period_ix < s.last_ix AS has_after,
       p.period_ix - l.periods >= s.first_ix AS has_lookback
FROM period p
JOIN lookback l ON l.frequency = p.frequency
JOIN (
  SELECT frequency, MIN(period_ix) AS first_ix, MAX(period_ix) AS last_ix
  FROM period
  GROUP BY frequency
) s ON s.frequency = p.frequency
