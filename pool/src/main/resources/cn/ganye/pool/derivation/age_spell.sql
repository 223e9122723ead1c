-- question  In which age group is each person, from which month to which?
-- grain     one row per person and age group within the window
-- inputs    person, age_band
-- output    age_spell(person, from_ix, to_ix, age_group)
SELECT p.person,
       GREATEST(p.from_ix, p.birth_ix + a.from_age * 12) AS from_ix,
       LEAST(p.to_ix, p.birth_ix + a.to_age * 12 - 1) AS to_ix,
       a.age_group
FROM person p
CROSS JOIN age_band a
WHERE p.birth_ix + a.from_age * 12 <= p.to_ix AND p.birth_ix + a.to_age * 12 > p.from_ix
