-- question  Where do the people come from whom each enterprise employs in each county?
-- grain     one row per enterprise, work county and origin, in the last month of the window with jobs there
-- inputs    job_spell, establishment, person, month, setting, pool_window
-- output    enterprise_origin(enterprise, region, origin, month, people)
-- publish   whole
-- order     enterprise, region, origin
-- codes     region: region, origin: region
-- Origin is the county of hukou, elsewhere in China its province; not known for who is in no residents' register.
WITH last AS (
  SELECT e.enterprise, e.region, MAX(LEAST(j.to_ix, w.last_ix)) AS month_ix
  FROM job_spell j
  JOIN establishment e ON e.establishment = j.establishment
  JOIN pool_window w ON j.from_ix <= w.last_ix AND j.to_ix >= w.first_ix
  GROUP BY e.enterprise, e.region
),
held AS (
  SELECT DISTINCT l.enterprise, l.region, l.month_ix, j.person
  FROM job_spell j
  JOIN establishment e ON e.establishment = j.establishment
  JOIN last l ON l.enterprise = e.enterprise AND l.region = e.region AND l.month_ix BETWEEN j.from_ix AND j.to_ix
)
SELECT h.enterprise, LPAD(CAST(h.region AS VARCHAR(6)), 6, '0') AS region,
       LPAD(CAST(CASE WHEN p.person IS NULL THEN 999999
                      WHEN p.hukou = 999999 OR p.hukou - p.hukou % 10000 = home.value THEN p.hukou
                      ELSE p.hukou - p.hukou % 10000 END AS VARCHAR(6)), 6, '0') AS origin,
       MIN(m.month) AS month, CAST(COUNT(*) AS BIGINT) AS people
FROM held h
JOIN month m ON m.month_ix = h.month_ix
JOIN setting home ON home.name = 'home-province'
LEFT JOIN person p ON p.person = h.person
GROUP BY h.enterprise, h.region, 3
