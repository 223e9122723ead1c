-- question  Which planted faults were found as what they are, and what was said of records that had none?
-- grain     one row per kind of fault and record that was spoilt so, or is said to be
-- A repeated row is a fault among contributions; lists that are sent again repeat their rows by nature.
CREATE TABLE matched AS
WITH planted AS (
  SELECT DISTINCT l.load, CAST(f.record AS BIGINT) AS record, f.kind, a.reason
  FROM key_faults f
  JOIN load l ON l.file = f.file
  JOIN found_as a ON a.kind = f.kind
),
said AS (
  SELECT DISTINCT x.load, x.record, a.kind, x.reason
  FROM finding x
  JOIN load l ON l.load = x.load
  JOIN found_as a ON a.reason = x.reason
  WHERE x.reason NOT IN ('duplicate', 'superseded') OR l.dataset = 'contribution'
)
SELECT COALESCE(p.kind, s.kind) AS kind,
       p.load IS NOT NULL AS planted,
       s.load IS NOT NULL AS found,
       EXISTS (SELECT 1 FROM planted q WHERE q.load = COALESCE(s.load, p.load) AND q.record = COALESCE(s.record, p.record)
               AND q.reason = COALESCE(s.reason, p.reason)) AS rightly
FROM planted p
FULL JOIN said s ON s.load = p.load AND s.record = p.record AND s.kind = p.kind
