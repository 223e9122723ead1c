-- question  In which households does nobody who could work have work, from which month to which?
-- grain     one row per household and change of its state while it is suspected; a household goes by its head
-- inputs    household, household_state, month, pool_window
-- output    suspected_household(person, region, kind, from_month, to_month)
-- publish   whole
-- order     region, person, from_month
-- codes     region: region, kind: household-kind
-- Suspected only: the family applies and is confirmed (就业促进法 第56条).
WITH lasting AS (
  SELECT household, month_ix, suspected,
         LEAD(month_ix) OVER (PARTITION BY household ORDER BY month_ix NULLS FIRST) AS next_ix
  FROM household_state
)
SELECT h.head AS person, LPAD(CAST(h.region AS VARCHAR(6)), 6, '0') AS region, h.kind,
       f.month AS from_month, t.month AS to_month
FROM lasting l
CROSS JOIN pool_window w
JOIN household h ON h.household = l.household
JOIN month f ON f.month_ix = l.month_ix
JOIN month t ON t.month_ix = LEAST(COALESCE(l.next_ix - 1, w.last_ix), w.last_ix)
WHERE l.suspected = 1 AND l.month_ix <= w.last_ix
