-- question  Which sources contradict each other about one person, and since when does each say so?
-- grain     one row per person, pair of evidence and unbroken run of months; the first of the pair decided the status
-- inputs    status_winner, evidence, evidence_formal, evidence_flexible, evidence_benefit, evidence_pension, person, month, pool_window
-- output    conflict(person, from_month, to_month, evidence, since_month, against, against_since_month)
-- publish   whole
-- order     person, from_month, evidence, since_month, against, against_since_month
-- codes     evidence: evidence, against: evidence
-- Two sources contradict each other if they follow to different statuses. Death ends the frame; what is paid or drawn after it is
-- a contradiction too.
WITH mixed AS (
  SELECT person FROM evidence GROUP BY person HAVING MIN(status) <> MAX(status)
),
pair AS (
  SELECT w.person, w.from_ix, w.to_ix, w.evidence, w.since_ix, e.evidence AS against, e.since_ix AS against_since_ix
  FROM status_winner w
  JOIN mixed m ON m.person = w.person
  JOIN evidence e ON e.person = w.person AND e.from_ix <= w.from_ix AND e.to_ix >= w.to_ix
  WHERE e.status <> w.status AND e.evidence <> 'not-covered' AND w.evidence <> 'not-covered'
),
run AS (
  SELECT person, from_ix, to_ix, evidence, since_ix, against, against_since_ix,
         CASE WHEN LAG(to_ix) OVER (PARTITION BY person, evidence, since_ix, against, against_since_ix ORDER BY from_ix NULLS FIRST) = from_ix - 1
              THEN 0 ELSE 1 END AS edge
  FROM (SELECT DISTINCT person, from_ix, to_ix, evidence, since_ix, against, against_since_ix FROM pair) d
),
numbered AS (
  SELECT person, from_ix, to_ix, evidence, since_ix, against, against_since_ix,
         SUM(edge) OVER (PARTITION BY person, evidence, since_ix, against, against_since_ix ORDER BY from_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS spell
  FROM run
),
joined AS (
  SELECT person, MIN(from_ix) AS from_ix, MAX(to_ix) AS to_ix, evidence, since_ix, against, against_since_ix
  FROM numbered
  GROUP BY person, evidence, since_ix, against, against_since_ix, spell
),
paid AS (
  SELECT person, from_ix, to_ix, evidence FROM evidence_formal
  UNION ALL
  SELECT person, from_ix, to_ix, evidence FROM evidence_flexible
  UNION ALL
  SELECT person, from_ix, to_ix, evidence FROM evidence_benefit
  UNION ALL
  SELECT person, from_ix, to_ix, evidence FROM evidence_pension
),
after_death AS (
  SELECT p.person, GREATEST(MIN(e.from_ix), p.to_ix + 1) AS from_ix, MAX(e.to_ix) AS to_ix, 'death' AS evidence, p.to_ix AS since_ix,
         e.evidence AS against, MIN(e.from_ix) AS against_since_ix
  FROM paid e
  JOIN person p ON p.person = e.person
  CROSS JOIN pool_window w
  WHERE p.to_ix < w.last_ix AND e.to_ix > p.to_ix
  GROUP BY p.person, p.to_ix, e.evidence
),
known AS (
  SELECT person, from_ix, to_ix, CAST(evidence AS VARCHAR(40)) AS evidence, since_ix, CAST(against AS VARCHAR(40)) AS against, against_since_ix FROM joined
  UNION ALL
  SELECT person, from_ix, to_ix, evidence, since_ix, CAST(against AS VARCHAR(40)), against_since_ix FROM after_death
)
SELECT k.person, f.month AS from_month, t.month AS to_month, k.evidence, s.month AS since_month, k.against, o.month AS against_since_month
FROM known k
JOIN month f ON f.month_ix = k.from_ix
JOIN month t ON t.month_ix = k.to_ix
JOIN month s ON s.month_ix = k.since_ix
JOIN month o ON o.month_ix = k.against_since_ix
