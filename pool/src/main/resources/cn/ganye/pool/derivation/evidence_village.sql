-- question  What did the villages write down about each person, and until when does it hold?
-- grain     one row per person and wave, until the next wave or until it is stale
-- inputs    rural_labour, evidence_formal, evidence_flexible, month, person, setting
-- output    evidence_village(person, from_ix, to_ix, evidence, enterprise, work, insured, section, division)
-- codes     evidence: evidence, section: industry, division: industry
-- A wave that says away for work while the person is insured speaks of that job and ends with it: it is no evidence of its own.
WITH wave AS (
  SELECT r.person, m.month_ix, r.work, r.place,
         LEAD(m.month_ix) OVER (PARTITION BY r.person ORDER BY r.collected NULLS FIRST, r.load NULLS FIRST, r.record NULLS FIRST) AS next_ix
  FROM rural_labour r
  JOIN month m ON m.month = CAST((r.collected - r.collected % 100) / 100 AS BIGINT)
),
lasting AS (
  SELECT w.person, w.month_ix AS from_ix, w.work, w.place,
         LEAST(w.month_ix + v.value - 1, COALESCE(w.next_ix - 1, 999999)) AS to_ix
  FROM wave w
  JOIN setting v ON v.name = 'village-wave-valid'
  WHERE w.next_ix IS NULL OR w.next_ix > w.month_ix
),
placed AS (
  SELECT l.person, l.from_ix, l.to_ix, l.work AS word,
         p.home AS home_county,
         CASE WHEN l.place IS NULL OR l.place = 999999 THEN 999999
              WHEN l.place - l.place % 10000 = home.value AND l.place % 100 = 0 THEN 999998
              WHEN l.place % 100 = 0 THEN l.place - l.place % 10000
              ELSE l.place END AS place,
         home.value AS home
  FROM lasting l
  JOIN person p ON p.person = l.person
  JOIN setting home ON home.name = 'home-province'
),
insured AS (
  SELECT person, from_ix, to_ix FROM evidence_formal
  UNION ALL
  SELECT person, from_ix, to_ix FROM evidence_flexible
),
judged AS (
  SELECT p.person, p.from_ix, p.to_ix, p.home_county, p.place,
         CASE WHEN word = 'farming' THEN 'village-farming'
              WHEN word = 'business' THEN 'village-business'
              WHEN word = 'studying' THEN 'village-student'
              WHEN word = 'unable' THEN 'village-unable'
              WHEN word <> 'away' THEN 'none'
              WHEN place = 999999 THEN 'village-away'
              WHEN place = 999998 THEN 'village-in-province'
              WHEN place = home_county THEN 'village-local'
              WHEN place - place % 10000 = home THEN 'village-in-province'
              ELSE 'village-out-of-province' END AS evidence
  FROM placed p
  LEFT JOIN insured i
    ON i.person = p.person AND i.from_ix <= p.from_ix AND i.to_ix >= p.from_ix AND COALESCE(p.word, 'away') = 'away'
  WHERE i.person IS NULL
)
SELECT person, from_ix, to_ix, evidence, CAST(NULL AS BIGINT) AS enterprise,
       CASE WHEN evidence IN ('village-student', 'village-unable') THEN 0
            WHEN evidence IN ('village-farming', 'village-business') THEN home_county
            WHEN place = 999998 THEN 999999
            ELSE place END AS work,
       0 AS insured,
       CASE WHEN evidence = 'village-farming' THEN 'A' WHEN evidence IN ('village-student', 'village-unable') THEN '-' ELSE '?' END AS section,
       CASE WHEN evidence IN ('village-student', 'village-unable') THEN '-' ELSE '?' END AS division
FROM judged
WHERE evidence <> 'none'
