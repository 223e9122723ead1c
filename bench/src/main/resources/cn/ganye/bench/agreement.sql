-- question  How many person-months does the pool put into each status, against the key?
-- grain     one row per status and basis of the key, and of the pool
CREATE TABLE agreement AS
WITH truth AS (
  SELECT id, CAST(from_month AS BIGINT) AS from_month, CAST(to_month AS BIGINT) AS to_month, status, basis FROM key_status
),
said AS (
  SELECT i.id, s.from_month, s.to_month, s.status, s.basis
  FROM person_status s
  JOIN person_id i ON i.person = s.person
),
joined AS (
  SELECT t.status AS truth, t.basis AS truth_basis, s.status AS said, s.basis AS said_basis,
         GREATEST(t.from_month, s.from_month) AS a, LEAST(t.to_month, s.to_month) AS b
  FROM truth t
  JOIN said s ON s.id = t.id AND s.from_month <= t.to_month AND s.to_month >= t.from_month
)
SELECT truth, truth_basis, said, said_basis,
       CAST(SUM((b // 100 * 12 + b % 100) - (a // 100 * 12 + a % 100) + 1) AS BIGINT) AS months
FROM joined
GROUP BY truth, truth_basis, said, said_basis
