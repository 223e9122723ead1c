-- question  In which unbroken months was each job held?
-- grain     one row per person, establishment and unbroken run of months owed; by whom insured and whether by dispatch as in its first month
-- inputs    job_month
-- output    job_spell(person, establishment, from_ix, to_ix, area, dispatched)
-- Most jobs are held without a break: only those with one are looked through month by month.
WITH job AS (
  SELECT person, establishment, MIN(month_ix) AS from_ix, MAX(month_ix) AS to_ix, COUNT(*) AS months
  FROM job_month
  GROUP BY person, establishment
),
neighbour AS (
  SELECT m.person, m.establishment, m.month_ix, j.to_ix AS last_ix,
         LAG(m.month_ix) OVER (PARTITION BY m.person, m.establishment ORDER BY m.month_ix NULLS FIRST) AS before_ix
  FROM job_month m
  JOIN job j ON j.person = m.person AND j.establishment = m.establishment
  WHERE j.months <= j.to_ix - j.from_ix
),
spell AS (
  SELECT person, establishment, from_ix, to_ix FROM job WHERE months > to_ix - from_ix
  UNION ALL
  SELECT person, establishment, month_ix,
         COALESCE(LEAD(before_ix) OVER (PARTITION BY person, establishment ORDER BY month_ix NULLS FIRST), last_ix)
  FROM neighbour
  WHERE before_ix IS NULL OR before_ix < month_ix - 1
)
SELECT s.person, s.establishment, s.from_ix, s.to_ix, m.area, m.dispatched
FROM spell s
JOIN job_month m ON m.person = s.person AND m.establishment = s.establishment AND m.month_ix = s.from_ix
