-- question  Does the sender whose last file has not come show as missing, and not as a layoff?
-- grain     one row: months of that sender, and those that show figures all the same
WITH late AS (
  SELECT region, CAST(from_month AS BIGINT) AS month FROM key_shocks WHERE shock = 'late-sender'
),
cell AS (
  SELECT f.m
  FROM late l
  JOIN flow f ON CAST(f.period AS BIGINT) = l.month AND f.region LIKE SUBSTR(l.region, 1, 4) || '%'
  UNION ALL
  SELECT CASE WHEN c.state <> 'missing' THEN 1 END
  FROM late l
  JOIN coverage c ON c.dataset = 'contribution' AND c.region = l.region AND c.month = l.month
)
SELECT 'late-sender', COUNT(*), COUNT(m) FROM cell
