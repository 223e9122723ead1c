-- question  How many records without a planted fault are in quarantine?
SELECT COUNT(*)
FROM finding x
JOIN load l ON l.load = x.load
WHERE x.reason NOT IN ('duplicate', 'superseded')
  AND NOT EXISTS (SELECT 1 FROM key_faults f WHERE f.file = l.file AND CAST(f.record AS BIGINT) = x.record)
