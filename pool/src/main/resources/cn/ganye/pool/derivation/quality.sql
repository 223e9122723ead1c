-- question  How complete, timely, valid and consistent is what each sender sends?
-- grain     one row per dataset, sender, month and measure; the rate is numerator / denominator
-- inputs    load, load_fill, settlement, dataset_rule, coverage, month
-- output    quality(dataset, sender, month, measure, numerator, denominator)
-- publish   whole
-- order     dataset, sender, month, measure
-- codes     dataset: dataset, sender: sender, measure: quality-measure
-- completeness: cells filled of cells there are · timeliness: files of the month sent by the due day of those due · validity: records
-- that intake accepted · consistency: records that no other contradicts or replaces.
WITH settled AS (
  SELECT load, CAST(SUM(CASE WHEN verdict IN ('contradiction', 'superseded') THEN 1 ELSE 0 END) AS BIGINT) AS unsettled
  FROM settlement
  GROUP BY load
),
said AS (
  SELECT l.dataset, d.sender, l.load,
         CASE WHEN l.period > 0 THEN l.period ELSE CAST((l.known_from - l.known_from % 100) / 100 AS BIGINT) END AS month,
         l.records, l.quarantined, l.twin_records, COALESCE(f.cells, 0) AS cells, COALESCE(f.filled, 0) AS filled,
         COALESCE(s.unsettled, 0) AS unsettled
  FROM load l
  JOIN dataset_rule d ON d.dataset = l.dataset
  LEFT JOIN load_fill f ON f.load = l.load
  LEFT JOIN settled s ON s.load = l.load
),
came AS (
  SELECT l.dataset, l.region, l.period, MIN(l.known_from) AS day
  FROM load l
  WHERE l.period > 0
  GROUP BY l.dataset, l.region, l.period
),
due AS (
  SELECT c.dataset, c.sender, c.month,
         CAST(SUM(CASE WHEN a.day <= n.month * 100 + d.due THEN 1 ELSE 0 END) AS BIGINT) AS numerator, CAST(COUNT(*) AS BIGINT) AS denominator
  FROM coverage c
  JOIN dataset_rule d ON d.dataset = c.dataset
  JOIN month m ON m.month = c.month
  JOIN month n ON n.month_ix = m.month_ix + 1
  LEFT JOIN came a ON a.dataset = c.dataset AND a.region = CAST(c.region AS INTEGER) AND a.period = c.month
  WHERE c.state <> 'not-due' AND d.due > 0
  GROUP BY c.dataset, c.sender, c.month
),
measured AS (
  SELECT dataset, sender, month, 'completeness' AS measure, CAST(SUM(filled) AS BIGINT) AS numerator, CAST(SUM(cells) AS BIGINT) AS denominator
  FROM said
  GROUP BY dataset, sender, month
  UNION ALL
  SELECT dataset, sender, month, 'validity', CAST(SUM(records - quarantined) AS BIGINT), CAST(SUM(records) AS BIGINT)
  FROM said
  GROUP BY dataset, sender, month
  UNION ALL
  SELECT dataset, sender, month, 'consistency', CAST(SUM(records - quarantined - twin_records - unsettled) AS BIGINT),
         CAST(SUM(records - quarantined - twin_records) AS BIGINT)
  FROM said
  GROUP BY dataset, sender, month
  UNION ALL
  SELECT dataset, sender, month, 'timeliness', numerator, denominator FROM due
)
SELECT dataset, sender, CAST(month AS INTEGER) AS month, measure, numerator, denominator
FROM measured
WHERE denominator > 0
