-- question  When does a household begin or cease to be there, and to have nobody at work who could be?
-- grain     one row per household and month in which a count of its members changes
-- inputs    household_change
-- output    household_state(household, month_ix, present, suspected)
-- 就业促进法 第56条: all members of working age unemployed. A household of which the status of a member who could work is not known
-- is not suspected.
WITH level AS (
  SELECT household, month_ix,
         SUM(members) OVER (PARTITION BY household ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS members,
         SUM(able) OVER (PARTITION BY household ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS able,
         SUM(employed) OVER (PARTITION BY household ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS employed,
         SUM(unknown) OVER (PARTITION BY household ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS unknown
  FROM household_change
)
SELECT household, month_ix,
       CASE WHEN members > 0 THEN 1 ELSE 0 END AS present,
       CASE WHEN members > 0 AND able > 0 AND employed = 0 AND unknown = 0 THEN 1 ELSE 0 END AS suspected
FROM level
