-- question  How many people are in each status in each township, in the last month?
-- grain     one row per region meaning, township and status; the county's code with zeros where no township is known
-- inputs    person_frame, status_spell, pool_window, month
-- output    township_stock(month, region_by, region, township, status, people, cell_key)
-- publish   whole
-- order     region_by, region, township, status
-- codes     region_by: region-by, region: region, status: status
-- By the places that the residents' register gives: hukou and residence. Work and insurance are known by county.
WITH last AS (
  SELECT s.person, s.status, m.month, mix32(s.person) AS mix
  FROM status_spell s
  JOIN pool_window w ON s.to_ix = w.last_ix
  JOIN month m ON m.month_ix = w.last_ix
),
placed AS (
  SELECT l.month, 'residence' AS region_by, f.residence AS region,
         CAST((f.residence_place - f.residence_place % 1000) / 1000 AS BIGINT) AS township, l.status, l.mix
  FROM last l
  JOIN person_frame f ON f.person = l.person
  UNION ALL
  SELECT l.month, 'hukou', f.hukou, CAST((f.hukou_place - f.hukou_place % 1000) / 1000 AS BIGINT), l.status, l.mix
  FROM last l
  JOIN person_frame f ON f.person = l.person
)
SELECT month, region_by, region, township, status, CAST(COUNT(*) AS BIGINT) AS people, CAST(SUM(mix) % 4294967296 AS BIGINT) AS cell_key
FROM placed
GROUP BY month, region_by, region, township, status
