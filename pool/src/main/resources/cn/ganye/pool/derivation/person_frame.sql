-- question  Who is in the frame, and where does each person stand in the last of their months?
-- grain     one row per person in the frame
-- inputs    person, status_spell, resident, month
-- output    person_frame(person, birth_month, sex, hukou, hukou_place, residence, residence_place, insured, work, education, household, relation, last_month)
-- publish   whole
-- order     person
-- codes     sex: sex, hukou: region, residence: region, insured: region, work: region, education: education, relation: relation
-- A household (户号 within a hukou county) goes by the smallest key of its members. The four places are those that say within whose scope a person is; hukou and residence are known down to the village where the residents' register says so.
WITH housed AS (
  SELECT r.person, MIN(p.person) OVER (PARTITION BY r.household, p.hukou) AS household
  FROM resident r
  JOIN person p ON p.person = r.person
  WHERE r.household IS NOT NULL
)
SELECT p.person, b.month AS birth_month, p.sex,
       LPAD(CAST(p.hukou AS VARCHAR(6)), 6, '0') AS hukou,
       CASE WHEN CAST((r.hukou_place - r.hukou_place % 1000000) / 1000000 AS BIGINT) = p.hukou THEN r.hukou_place
            ELSE CAST(p.hukou AS BIGINT) * 1000000 END AS hukou_place,
       LPAD(CAST(p.residence AS VARCHAR(6)), 6, '0') AS residence,
       CASE WHEN CAST((r.residence_place - r.residence_place % 1000000) / 1000000 AS BIGINT) = p.residence THEN r.residence_place
            ELSE CAST(p.residence AS BIGINT) * 1000000 END AS residence_place,
       LPAD(CAST(s.insured AS VARCHAR(6)), 6, '0') AS insured,
       LPAD(CAST(s.work AS VARCHAR(6)), 6, '0') AS work,
       p.education, h.household, r.relation, l.month AS last_month
FROM person p
JOIN status_spell s ON s.person = p.person AND s.to_ix = p.to_ix
JOIN resident r ON r.person = p.person
LEFT JOIN housed h ON h.person = p.person
JOIN month b ON b.month_ix = p.birth_ix
JOIN month l ON l.month_ix = p.to_ix
