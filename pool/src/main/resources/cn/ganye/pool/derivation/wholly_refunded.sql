-- question  Which contributions were taken back altogether?
-- grain     one row per person, unit, insurance kind and month owed
-- inputs    contribution
-- output    wholly_refunded(person, unit, kind, owed)
WITH refund AS (
  SELECT person, unit, kind, owed, CAST(SUM(ABS(COALESCE(base, 0))) AS BIGINT) AS base
  FROM contribution
  WHERE payment = 'refund'
  GROUP BY person, unit, kind, owed
),
payment AS (
  SELECT c.person, c.unit, c.kind, c.owed, CAST(SUM(COALESCE(c.base, 0)) AS BIGINT) AS base
  FROM contribution c
  JOIN refund r ON r.person = c.person AND r.unit = c.unit AND r.kind = c.kind AND r.owed = c.owed
  WHERE c.payment IN ('normal', 'back')
  GROUP BY c.person, c.unit, c.kind, c.owed
)
SELECT r.person, r.unit, r.kind, r.owed
FROM refund r
JOIN payment p ON p.person = r.person AND p.unit = r.unit AND p.kind = r.kind AND p.owed = r.owed
WHERE r.base >= p.base
