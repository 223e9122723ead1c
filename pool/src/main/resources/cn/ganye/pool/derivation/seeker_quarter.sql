-- question  How many people are known to the public service as looking for work, in each county and quarter?
-- grain     one row per whole quarter of the window, county and sex; NULL where the office's register of one of its months has not come
-- inputs    registration_spell, register_gap, group_member, person, month, period, home_county
-- output    seeker_quarter(period, region, sex, people, graduates, cell_key, graduates_key)
-- publish   whole
-- order     period, region, sex
-- codes     period: period, region: region, sex: sex
-- Seekers are those whose registration of unemployment stood on any day of the quarter; each counts once a county. Until
-- seekers register as such there is no other source: who looks for work and has not registered is not in it.
WITH sought AS (
  SELECT DISTINCT q.period, q.period_ix, r.region, r.person
  FROM registration_spell r
  JOIN period q ON q.frequency = 'quarter' AND q.period_ix * 3 <= r.to_ix AND q.period_ix * 3 + 2 >= r.from_ix
),
graduate AS (
  SELECT DISTINCT s.period, s.region, s.person
  FROM sought s
  JOIN group_member g ON g.person = s.person AND g.key_group = 'graduate'
   AND g.from_ix <= s.period_ix * 3 + 2 AND g.to_ix >= s.period_ix * 3
),
counted AS (
  SELECT s.period, s.region, COALESCE(p.sex, '9') AS sex,
         CAST(COUNT(*) AS BIGINT) AS people,
         CAST(COUNT(g.person) AS BIGINT) AS graduates,
         CAST(SUM(mix32(s.person)) % 4294967296 AS BIGINT) AS cell_key,
         CAST(SUM(CASE WHEN g.person IS NULL THEN 0 ELSE mix32(s.person) END) % 4294967296 AS BIGINT) AS graduates_key
  FROM sought s
  LEFT JOIN graduate g ON g.period = s.period AND g.region = s.region AND g.person = s.person
  LEFT JOIN person p ON p.person = s.person
  GROUP BY s.period, s.region, COALESCE(p.sex, '9')
),
place AS (
  SELECT region FROM home_county
  UNION
  SELECT region FROM sought
),
asked AS (
  SELECT q.period, p.region, s.sex
  FROM period q
  CROSS JOIN place p
  CROSS JOIN (SELECT '1' AS sex UNION ALL SELECT '2' UNION ALL SELECT '9') s
  WHERE q.frequency = 'quarter'
),
gap AS (
  SELECT DISTINCT g.region, q.period
  FROM register_gap g
  JOIN period q ON q.frequency = 'quarter' AND g.month_ix >= q.period_ix * 3 AND g.month_ix <= q.period_ix * 3 + 2
  WHERE g.dataset = 'unemployment-registration'
)
SELECT a.period, LPAD(CAST(a.region AS VARCHAR(6)), 6, '0') AS region, a.sex,
       CASE WHEN g.region IS NULL THEN COALESCE(c.people, 0) END AS people,
       CASE WHEN g.region IS NULL THEN COALESCE(c.graduates, 0) END AS graduates,
       CASE WHEN g.region IS NULL THEN COALESCE(c.cell_key, 0) END AS cell_key,
       CASE WHEN g.region IS NULL THEN COALESCE(c.graduates_key, 0) END AS graduates_key
FROM asked a
LEFT JOIN counted c ON c.period = a.period AND c.region = a.region AND c.sex = a.sex
LEFT JOIN gap g ON g.period = a.period AND g.region = a.region
