-- question  Who is in the frame, and from which month to which within the window?
-- grain     one row per person with hukou or residence in the province who is alive in a month of the window
-- inputs    resident, deceased, pool_window, setting
-- output    person(person, hukou, residence, home, sex, birth_ix, from_ix, to_ix, education, mix)
-- codes     sex: sex, education: education
-- home is the county at home that the person belongs to: where they live, else, living elsewhere or nobody knows where, the hukou.
-- A place known only to its city counts as not known at home, and as its province elsewhere.
WITH death AS (
  SELECT person,
         LEAST(COALESCE(died, 99991231), COALESCE(cremated, 99991231), COALESCE(cancelled, 99991231)) AS day
  FROM deceased
),
known AS (
  SELECT r.person, r.hukou,
         COALESCE(r.residence, 999999) AS residence,
         CASE WHEN r.sex IN ('1', '2') THEN r.sex ELSE '9' END AS sex,
         CAST((r.birth - r.birth % 10000) / 10000 AS BIGINT) * 12
           + CAST((r.birth % 10000 - r.birth % 100) / 100 AS BIGINT) - 1 AS birth_ix,
         CASE WHEN d.day IS NULL OR d.day = 99991231 THEN 999999
              ELSE CAST((d.day - d.day % 10000) / 10000 AS BIGINT) * 12
                     + CAST((d.day % 10000 - d.day % 100) / 100 AS BIGINT) - 1 END AS death_ix,
         COALESCE(r.education, '99') AS education
  FROM resident r
  LEFT JOIN death d ON d.person = r.person
),
framed AS (
  SELECT k.person, k.hukou, k.residence, k.sex, k.birth_ix,
         GREATEST(k.birth_ix, w.first_ix) AS from_ix,
         LEAST(k.death_ix, w.last_ix) AS to_ix,
         k.education
  FROM known k
  CROSS JOIN pool_window w
  JOIN setting home ON home.name = 'home-province'
  WHERE k.hukou - k.hukou % 10000 = home.value OR k.residence - k.residence % 10000 = home.value
),
placed AS (
  SELECT f.person,
         CASE WHEN f.hukou % 100 <> 0 THEN f.hukou
              WHEN f.hukou - f.hukou % 10000 = home.value THEN 999999
              ELSE f.hukou - f.hukou % 10000 END AS hukou,
         CASE WHEN f.residence % 100 <> 0 THEN f.residence
              WHEN f.residence - f.residence % 10000 = home.value THEN 999999
              ELSE f.residence - f.residence % 10000 END AS residence,
         home.value AS province,
         f.sex, f.birth_ix, f.from_ix, f.to_ix, f.education
  FROM framed f
  JOIN setting home ON home.name = 'home-province'
  WHERE f.from_ix <= f.to_ix
)
SELECT CAST(person AS BIGINT) AS person, hukou, residence,
       CASE WHEN residence - residence % 10000 = province THEN residence ELSE hukou END AS home,
       sex, birth_ix, from_ix, to_ix, education, mix32(person) AS mix
FROM placed
