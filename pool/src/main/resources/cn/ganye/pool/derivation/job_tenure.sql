-- question  From which period to which was each job held without a break, and did it begin with a recall?
-- grain     one row per frequency, job and unbroken run of periods; recalled is 1 where one of the periods looked back on had the job
-- inputs    job_spell, lookback
-- output    job_tenure(frequency, establishment, from_ix, to_ix, recalled)
-- codes     frequency: frequency
-- Definitions: LEHD, Quarterly Workforce Indicators. A job is held in a quarter if it is in any of its months.
WITH held AS (
  SELECT l.frequency, l.periods, j.person, j.establishment,
         CASE WHEN l.frequency = 'month' THEN j.from_ix ELSE CAST((j.from_ix - j.from_ix % 3) / 3 AS BIGINT) END AS from_ix,
         CASE WHEN l.frequency = 'month' THEN j.to_ix ELSE CAST((j.to_ix - j.to_ix % 3) / 3 AS BIGINT) END AS to_ix
  FROM job_spell j
  CROSS JOIN lookback l
),
neighbour AS (
  SELECT frequency, periods, person, establishment, from_ix,
         LAG(to_ix) OVER (PARTITION BY frequency, person, establishment ORDER BY from_ix NULLS FIRST, to_ix NULLS FIRST) AS before_ix,
         MAX(to_ix) OVER (PARTITION BY frequency, person, establishment ORDER BY from_ix NULLS FIRST, to_ix NULLS FIRST
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last_ix
  FROM held
)
SELECT frequency, establishment, from_ix,
       COALESCE(LEAD(before_ix) OVER (PARTITION BY frequency, person, establishment ORDER BY from_ix NULLS FIRST), last_ix) AS to_ix,
       CASE WHEN before_ix >= from_ix - periods THEN 1 ELSE 0 END AS recalled
FROM neighbour
WHERE before_ix IS NULL OR before_ix < from_ix - 1
