-- question  How many people are of each pair of regions, from which month on and for how many months?
-- grain     one row per cell and month in which somebody enters or leaves it, for the months until the next one; what is empty lasts one month
-- inputs    od_change, pool_window
-- output    od_level(kind, from_region, to_region, from_ix, months, people, cell_key)
-- codes     kind: od-kind, from_region: region, to_region: region
WITH level AS (
  SELECT kind, from_region, to_region, month_ix,
         SUM(people) OVER (PARTITION BY kind, from_region, to_region
                           ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS people,
         SUM(mix) OVER (PARTITION BY kind, from_region, to_region
                        ORDER BY month_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS mix,
         LEAD(month_ix) OVER (PARTITION BY kind, from_region, to_region
                              ORDER BY month_ix NULLS FIRST) AS next_ix
  FROM od_change
)
SELECT kind, LPAD(CAST(from_region AS VARCHAR(6)), 6, '0') AS from_region, LPAD(CAST(to_region AS VARCHAR(6)), 6, '0') AS to_region,
       month_ix AS from_ix,
       CASE WHEN people = 0 THEN 1 ELSE COALESCE(next_ix, last_ix + 1) - month_ix END AS months,
       CAST(people AS BIGINT) AS people, CAST(mix AS BIGINT) % 4294967296 AS cell_key
FROM level
CROSS JOIN pool_window
