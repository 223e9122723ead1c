-- question  By how many people does each pair of origin and destination change at the start of each month?
-- grain     one row per kind, pair and month of the window in which somebody enters or leaves it
-- inputs    status_spell, person, pool_window
-- output    od_change(kind, from_region, to_region, month_ix, people, mix)
-- codes     kind: od-kind
WITH spell AS (
  SELECT s.person, s.from_ix, s.to_ix, s.work, p.hukou, p.residence, p.mix,
         LAG(s.work) OVER (PARTITION BY s.person ORDER BY s.from_ix NULLS FIRST) AS previous
  FROM status_spell s
  JOIN person p ON p.person = s.person
),
stay AS (
  SELECT 'hukou-work' AS kind, hukou AS from_region, work AS to_region, from_ix, to_ix, CAST(COUNT(*) AS BIGINT) AS people, CAST(SUM(mix) AS BIGINT) AS mix
  FROM spell GROUP BY hukou, work, from_ix, to_ix
  UNION ALL
  SELECT 'residence-work', residence, work, from_ix, to_ix, CAST(COUNT(*) AS BIGINT), CAST(SUM(mix) AS BIGINT)
  FROM spell GROUP BY residence, work, from_ix, to_ix
  UNION ALL
  SELECT 'previous-current', work, work, from_ix + 1, to_ix, CAST(COUNT(*) AS BIGINT), CAST(SUM(mix) AS BIGINT)
  FROM spell WHERE to_ix > from_ix GROUP BY work, from_ix, to_ix
  UNION ALL
  SELECT 'previous-current', COALESCE(s.previous, 0), s.work, s.from_ix, s.from_ix, CAST(COUNT(*) AS BIGINT), CAST(SUM(mix) AS BIGINT)
  FROM spell s
  CROSS JOIN pool_window w
  WHERE s.from_ix > w.first_ix
  GROUP BY COALESCE(s.previous, 0), s.work, s.from_ix
),
edge AS (
  SELECT kind, from_region, to_region, from_ix AS month_ix, people, mix FROM stay
  UNION ALL
  SELECT kind, from_region, to_region, to_ix + 1 AS month_ix, -people, -mix AS mix
  FROM stay
  CROSS JOIN pool_window
  WHERE to_ix < last_ix
)
SELECT kind, from_region, to_region, month_ix, CAST(SUM(people) AS BIGINT) AS people, CAST(SUM(mix) AS BIGINT) AS mix
FROM edge
GROUP BY kind, from_region, to_region, month_ix
