-- question  What became of every record of every file?
-- grain     one row per file
-- inputs    load, settlement
-- output    intake(file, dataset, load, records, accepted, quarantined, duplicates, superseded)
-- publish   whole
-- order     load
-- codes     dataset: dataset
WITH settled AS (
  SELECT load,
         CAST(SUM(CASE WHEN verdict = 'contradiction' THEN 1 ELSE 0 END) AS BIGINT) AS contradictions,
         CAST(SUM(CASE WHEN verdict = 'duplicate' THEN 1 ELSE 0 END) AS BIGINT) AS duplicates,
         CAST(SUM(CASE WHEN verdict = 'superseded' THEN 1 ELSE 0 END) AS BIGINT) AS superseded
  FROM settlement
  GROUP BY load
)
SELECT l.file, l.dataset, l.load, l.records,
       l.records - l.quarantined - l.twin_records - COALESCE(s.contradictions, 0) - COALESCE(s.duplicates, 0) - COALESCE(s.superseded, 0) AS accepted,
       l.quarantined + COALESCE(s.contradictions, 0) AS quarantined,
       l.twin_records + COALESCE(s.duplicates, 0) AS duplicates,
       COALESCE(s.superseded, 0) AS superseded
FROM load l
LEFT JOIN settled s ON s.load = l.load
