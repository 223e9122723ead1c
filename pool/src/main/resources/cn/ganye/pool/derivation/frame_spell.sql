-- question  In which spells does each person stay in one cell of the stocks?
-- grain     one row per person and spell of unchanged status and age group
-- inputs    status_spell, age_spell, person
-- output    frame_spell(person, mix, from_ix, to_ix, hukou, residence, insured, work, section, division, sex, age_group, education, status, basis)
-- codes     section: industry, division: industry, sex: sex, education: education, status: status, basis: basis
SELECT s.person, p.mix,
       GREATEST(s.from_ix, a.from_ix) AS from_ix,
       LEAST(s.to_ix, a.to_ix) AS to_ix,
       p.hukou, p.residence, s.insured, s.work, s.section, s.division, p.sex, a.age_group, p.education, s.status, s.basis
FROM status_spell s
JOIN age_spell a ON a.person = s.person AND a.from_ix <= s.to_ix AND a.to_ix >= s.from_ix
JOIN person p ON p.person = s.person
