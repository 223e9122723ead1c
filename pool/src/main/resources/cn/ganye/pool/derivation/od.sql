-- question  Who works where: from hukou, from residence, and from last month's place of work?
-- grain     one row per month, kind and pair of regions; 000000 is not employed, so that each kind sums to the frame; a zero is stored in the month in which a pair empties
-- inputs    od_change, span, month, pool_window
-- output    od(month, kind, from_region, to_region, people, cell_key)
-- publish   month
-- order     month, kind, from_region, to_region
-- codes     kind: od-kind, from_region: region, to_region: region
WITH level AS (
  SELECT kind, from_region, to_region, month_ix,
         SUM(people) OVER (PARTITION BY kind, from_region, to_region
                           ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS people,
         SUM(mix) OVER (PARTITION BY kind, from_region, to_region
                        ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS mix,
         LEAD(month_ix) OVER (PARTITION BY kind, from_region, to_region ORDER BY month_ix NULLS FIRST) AS next_ix
  FROM od_change
),
lasting AS (
  SELECT l.kind, LPAD(CAST(l.from_region AS VARCHAR(6)), 6, '0') AS from_region,
         LPAD(CAST(l.to_region AS VARCHAR(6)), 6, '0') AS to_region,
         l.month_ix, CAST(l.people AS BIGINT) AS people, CAST(l.mix % 4294967296 AS BIGINT) AS cell_key,
         CASE WHEN l.people = 0 THEN 1 ELSE COALESCE(l.next_ix, w.last_ix + 1) - l.month_ix END AS months
  FROM level l
  CROSS JOIN pool_window w
  WHERE l.month_ix <= w.last_ix
)
SELECT m.month, l.kind, l.from_region, l.to_region, l.people, l.cell_key
FROM lasting l
JOIN span s ON s.months = l.months
JOIN month m ON m.month_ix = l.month_ix + s.offset_months
