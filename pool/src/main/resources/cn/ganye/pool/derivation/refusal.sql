-- question  What was refused, and why?
-- grain     one row per file and reason; a record counts once, under its first reason; a file refused whole has 0 records
-- inputs    load, load_refusal, settlement
-- output    refusal(file, dataset, load, reason, records)
-- publish   whole
-- order     load, reason
-- codes     dataset: dataset, reason: refusal-reason
SELECT l.file, l.dataset, l.load, r.reason, r.records
FROM load_refusal r
JOIN load l ON l.load = r.load
UNION ALL
SELECT l.file, l.dataset, l.load, 'contradiction' AS reason, CAST(COUNT(*) AS BIGINT) AS records
FROM settlement s
JOIN load l ON l.load = s.load
WHERE s.verdict = 'contradiction'
GROUP BY l.file, l.dataset, l.load
