-- question  Who held which job in which month?
-- grain     one row per person, establishment and month owed; an establishment is an enterprise in one work county
-- inputs    insured_month, filing_spell, posting
-- output    job_month(person, establishment, month_ix, sender_region, area, dispatched)
-- Dispatched where a filing of that month says so.
WITH sent AS (
  SELECT j.person, j.enterprise, j.month_ix, MIN(p.establishment) AS establishment
  FROM insured_month j
  JOIN filing_spell f
    ON f.person = j.person AND f.enterprise = j.enterprise AND f.dispatched = 1 AND f.from_ix <= j.month_ix AND f.to_ix >= j.month_ix
  LEFT JOIN posting p ON p.enterprise = f.enterprise AND p.work = f.work
  GROUP BY j.person, j.enterprise, j.month_ix
)
SELECT j.person, COALESCE(s.establishment, j.enterprise) AS establishment, j.month_ix, j.sender_region, j.area,
       CASE WHEN s.person IS NULL THEN 0 ELSE 1 END AS dispatched
FROM insured_month j
LEFT JOIN sent s ON s.person = j.person AND s.enterprise = j.enterprise AND s.month_ix = j.month_ix
