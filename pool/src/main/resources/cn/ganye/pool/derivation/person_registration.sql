-- question  From which day to which, and where, is each person in the register of the unemployed?
-- grain     one row per person and day of registration; to_day is the day of cancellation, 99991231 where there is none
-- inputs    registration_spell
-- output    person_registration(person, from_day, to_day, region)
-- publish   whole
-- order     person, from_day
-- codes     region: region
SELECT person, from_day, to_day, LPAD(CAST(region AS VARCHAR(6)), 6, '0') AS region
FROM registration_spell
