-- question  How many households are there, and in how many does nobody who could work have work?
-- grain     one row per month, county and kind of household
-- inputs    household, household_state, span, month, pool_window
-- output    household_month(month, region, kind, households, suspected_zero_employment)
-- publish   month
-- order     month, region, kind
-- codes     region: region, kind: household-kind
-- Suspected only: the family applies and is confirmed. Urban is the law's kind; rural and relocated are lists of their own.
WITH step AS (
  SELECT household, month_ix,
         present - COALESCE(LAG(present) OVER (PARTITION BY household ORDER BY month_ix NULLS FIRST), 0) AS present,
         suspected - COALESCE(LAG(suspected) OVER (PARTITION BY household ORDER BY month_ix NULLS FIRST), 0) AS suspected
  FROM household_state
),
moved AS (
  SELECT h.region, h.kind, s.month_ix, SUM(s.present) AS present, SUM(s.suspected) AS suspected
  FROM step s
  JOIN household h ON h.household = s.household
  WHERE s.present <> 0 OR s.suspected <> 0
  GROUP BY h.region, h.kind, s.month_ix
),
held AS (
  SELECT region, kind, month_ix,
         SUM(present) OVER (PARTITION BY region, kind ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS households,
         SUM(suspected) OVER (PARTITION BY region, kind ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS suspected,
         LEAD(month_ix) OVER (PARTITION BY region, kind ORDER BY month_ix NULLS FIRST) AS next_ix
  FROM moved
)
SELECT m.month, LPAD(CAST(h.region AS VARCHAR(6)), 6, '0') AS region, h.kind,
       CAST(h.households AS BIGINT) AS households, CAST(h.suspected AS BIGINT) AS suspected_zero_employment
FROM held h
CROSS JOIN pool_window w
JOIN span s ON s.months = COALESCE(h.next_ix, w.last_ix + 1) - h.month_ix
JOIN month m ON m.month_ix = h.month_ix + s.offset_months
WHERE h.month_ix <= w.last_ix
