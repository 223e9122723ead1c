-- question  Where does each person stand in the months of the cell?
-- grain     one row per person and month of the table cell
-- This statement runs on one machine.
WITH asked AS (SELECT DISTINCT month FROM cell),
aged AS (
  SELECT m.month, s.person, s.enterprise, s.status, s.basis, s.region AS work, s.insured, s.industry,
         f.hukou, f.residence, f.hukou_place, f.residence_place, f.sex, f.education,
         CAST(m.month // 100 * 12 + m.month % 100 - (f.birth_month // 100 * 12 + f.birth_month % 100) AS BIGINT) // 12 AS years
  FROM asked m
  JOIN person_status s ON s.from_month <= m.month AND s.to_month >= m.month
  JOIN person_frame f ON f.person = s.person
)
SELECT month, person, enterprise, status, basis, work, insured, industry, hukou, residence, hukou_place, residence_place, sex, education,
       CASE WHEN years IS NULL THEN -1 WHEN years >= 65 THEN 65 WHEN years >= 20 THEN years - years % 5
            WHEN years >= 16 THEN 16 WHEN years >= 15 THEN 15 ELSE 0 END AS age_group
FROM aged
