-- question  Which entries of the employment register count as new urban employment, which not, and who left it by nature?
-- grain     one row per person, day, kind and entry
-- inputs    employment_spell, welfare_post, pension, deceased, pool_window, month, day_number, dated_setting
-- output    new_employment_event(day, person, kind, region, verdict)
-- publish   whole
-- order     day, person, kind, verdict
-- codes     kind: new-employment-kind, region: region, verdict: new-employment-verdict
-- 劳社部发〔2004〕9号: new employment less natural attrition (retirement, death). A transfer between units and a renewal do not
-- count; once a person a year, at the first place and date (one city's rule: a dated setting). Jobs in rural welfare posts are not urban.
WITH entry AS (
  SELECT e.person, e.kind, e.from_day, e.to_day, e.region,
         LAG(e.to_day) OVER (PARTITION BY e.person ORDER BY e.from_day NULLS FIRST, e.kind NULLS FIRST) AS before_to,
         LAG(e.kind) OVER (PARTITION BY e.person ORDER BY e.from_day NULLS FIRST, e.kind NULLS FIRST) AS before_kind
  FROM employment_spell e
),
rural AS (
  SELECT person, from_day, COALESCE(to_day, 99991231) AS to_day FROM welfare_post WHERE kind = 'rural'
),
judged AS (
  SELECT e.person, e.kind, e.from_day, e.region, s.value AS rule,
         CASE WHEN MAX(CASE WHEN r.person IS NOT NULL AND e.kind = 'welfare-post' THEN 1 ELSE 0 END) = 1 THEN 'rural-post'
              WHEN e.before_kind = 'unit' AND e.kind = 'unit' AND MAX(b.number) >= f.number - g.value THEN 'transfer'
              WHEN e.before_kind = 'flexible' AND e.kind = 'flexible' AND MAX(b.number) >= f.number - g.value THEN 'renewal'
              ELSE 'counted' END AS verdict
  FROM entry e
  JOIN day_number f ON f.day = e.from_day
  JOIN dated_setting s ON s.name = 'new-employment-dedup' AND s.from_day <= e.from_day AND s.to_day >= e.from_day
  JOIN dated_setting g ON g.name = 'transfer-gap' AND g.from_day <= e.from_day AND g.to_day >= e.from_day
  LEFT JOIN day_number b ON b.day = LEAST(COALESCE(e.before_to, 19000101), 21000101)
  LEFT JOIN rural r ON r.person = e.person AND r.from_day <= e.from_day AND r.to_day >= e.from_day
  GROUP BY e.person, e.kind, e.from_day, e.region, s.value, e.before_kind, f.number, g.value
),
ordered AS (
  SELECT person, kind, from_day, region, verdict, rule,
         ROW_NUMBER() OVER (PARTITION BY person, verdict, CAST((from_day - from_day % 10000) / 10000 AS BIGINT)
                            ORDER BY from_day NULLS FIRST, kind NULLS FIRST) AS place
  FROM judged
),
leaving AS (
  SELECT CAST(p.person AS BIGINT) AS person, p.since * 100 + 1 AS day, 'retirement' AS kind
  FROM pension p
  WHERE p.kind IN ('employees', 'civil')
  UNION ALL
  SELECT CAST(person AS BIGINT), LEAST(COALESCE(died, 99991231), COALESCE(cremated, 99991231), COALESCE(cancelled, 99991231)), 'death'
  FROM deceased
),
left_work AS (
  SELECT l.person, l.day, l.kind, MAX(e.region) AS region
  FROM leaving l
  JOIN day_number d ON d.day = l.day
  JOIN employment_spell e ON e.person = l.person AND e.from_day <= l.day
  JOIN day_number t ON t.day = LEAST(e.to_day, 21000101)
  JOIN dated_setting g ON g.name = 'transfer-gap' AND g.from_day <= l.day AND g.to_day >= l.day
  WHERE t.number >= d.number - g.value
  GROUP BY l.person, l.day, l.kind
),
told AS (
  SELECT from_day AS day, person, kind, region, CASE WHEN verdict = 'counted' AND place > 1 AND rule = 1 THEN 'repeat' ELSE verdict END AS verdict
  FROM ordered
  UNION ALL
  SELECT day, person, kind, region, 'attrition' FROM left_work
)
SELECT CAST(t.day AS INTEGER) AS day, t.person, t.kind, LPAD(CAST(t.region AS VARCHAR(6)), 6, '0') AS region, t.verdict
FROM told t
CROSS JOIN pool_window w
JOIN month m ON m.month = CAST((t.day - t.day % 100) / 100 AS BIGINT)
WHERE m.month_ix >= w.first_ix AND m.month_ix <= w.last_ix
