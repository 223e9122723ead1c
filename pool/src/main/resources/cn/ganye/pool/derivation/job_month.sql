-- question  Who held which job in which month?
-- grain     one row per person, establishment and month owed; an establishment is an enterprise in one work county
-- inputs    insured_month, filing_spell, posting
-- output    job_month(person, establishment, month_ix, sender_region, area, dispatched)
SELECT j.person, COALESCE(MIN(p.establishment), j.enterprise) AS establishment, j.month_ix,
       MIN(j.sender_region) AS sender_region, MIN(j.area) AS area,
       MAX(COALESCE(f.dispatched, 0)) AS dispatched
FROM insured_month j
LEFT JOIN filing_spell f
  ON f.person = j.person AND f.enterprise = j.enterprise AND f.dispatched = 1 AND f.from_ix <= j.month_ix AND f.to_ix >= j.month_ix
LEFT JOIN posting p ON p.enterprise = f.enterprise AND p.work = f.work
GROUP BY j.person, j.enterprise, j.month_ix
