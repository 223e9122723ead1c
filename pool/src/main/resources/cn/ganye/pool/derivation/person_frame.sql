-- question  Who is in the frame, and where does each person stand in the last of their months?
-- grain     one row per person in the frame
-- inputs    person, status_spell, resident, month
-- output    person_frame(person, birth_month, sex, hukou, hukou_place, residence, residence_place, insured, work, education, household, relation, last_month)
-- publish   whole
-- order     person
-- codes     sex: sex, hukou: region, residence: region, insured: region, work: region, education: education, relation: relation
-- A household (户号 within a hukou county) goes by the smallest key of its members. The four places are those that say within whose scope a person is; hukou and residence are known down to the village where the residents' register says so.
WITH member AS (
  SELECT p.person, p.birth_ix, p.sex, p.hukou, p.residence, p.education, p.to_ix,
         r.household AS book, r.hukou_place, r.residence_place, r.relation
  FROM person p
  JOIN resident r ON r.person = p.person
),
housed AS (
  SELECT book, hukou, MIN(person) AS household
  FROM member
  WHERE book IS NOT NULL
  GROUP BY book, hukou
)
SELECT m.person, b.month AS birth_month, m.sex,
       LPAD(CAST(m.hukou AS VARCHAR(6)), 6, '0') AS hukou,
       CASE WHEN CAST((m.hukou_place - m.hukou_place % 1000000) / 1000000 AS BIGINT) = m.hukou THEN m.hukou_place
            ELSE CAST(m.hukou AS BIGINT) * 1000000 END AS hukou_place,
       LPAD(CAST(m.residence AS VARCHAR(6)), 6, '0') AS residence,
       CASE WHEN CAST((m.residence_place - m.residence_place % 1000000) / 1000000 AS BIGINT) = m.residence THEN m.residence_place
            ELSE CAST(m.residence AS BIGINT) * 1000000 END AS residence_place,
       LPAD(CAST(s.insured AS VARCHAR(6)), 6, '0') AS insured,
       LPAD(CAST(s.work AS VARCHAR(6)), 6, '0') AS work,
       m.education, h.household, m.relation, l.month AS last_month
FROM member m
JOIN status_spell s ON s.person = m.person AND s.to_ix = m.to_ix
LEFT JOIN housed h ON h.book = m.book AND h.hukou = m.hukou
JOIN month b ON b.month_ix = m.birth_ix
JOIN month l ON l.month_ix = m.to_ix
