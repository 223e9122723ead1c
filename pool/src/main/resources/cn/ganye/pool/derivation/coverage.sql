-- question  Which sender has reported which month?
-- grain     one row per monthly dataset, sender's region and month of the window
-- inputs    load, load_month, dataset_rule, month, pool_window, setting
-- output    coverage(dataset, sender, region, month, state)
-- publish   whole
-- order     dataset, sender, region, month
-- codes     dataset: dataset, sender: sender, region: region, state: coverage-state
WITH report AS (
  SELECT l.dataset, l.region, lm.month_ix,
         CAST(SUM(l.quarantined) AS BIGINT) AS quarantined,
         CAST(SUM(l.records) AS BIGINT) AS sent
  FROM load_month lm
  JOIN load l ON l.load = lm.load
  GROUP BY l.dataset, l.region, lm.month_ix
),
sender_region AS (
  SELECT DISTINCT l.dataset, d.sender, d.due, l.region
  FROM load l
  JOIN dataset_rule d ON d.dataset = l.dataset
  WHERE d.every = 'month'
),
as_of AS (
  SELECT MAX(known_from) AS day FROM load
)
SELECT s.dataset, s.sender,
       LPAD(CAST(s.region AS VARCHAR(6)), 6, '0') AS region,
       m.month,
       CASE WHEN r.month_ix IS NOT NULL AND r.quarantined * 100 > r.sent * p.value THEN 'partial'
            WHEN r.month_ix IS NOT NULL THEN 'complete'
            WHEN s.due > 0 AND n.month * 100 + s.due > a.day THEN 'not-due'
            ELSE 'missing' END AS state
FROM sender_region s
CROSS JOIN pool_window w
JOIN month m ON m.month_ix >= w.first_ix AND m.month_ix <= w.last_ix
JOIN month n ON n.month_ix = m.month_ix + 1
CROSS JOIN as_of a
JOIN setting p ON p.name = 'partial-file'
LEFT JOIN report r ON r.dataset = s.dataset AND r.region = s.region AND r.month_ix = m.month_ix
