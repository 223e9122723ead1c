-- question  For which months has each unit paid for each person?
-- grain     one row per person, insured unit and month owed
-- inputs    contribution, wholly_refunded
-- output    unit_month(person, unit, owed, load)
SELECT c.person, c.unit, c.owed, MIN(c.load) AS load
FROM contribution c
WHERE c.payment IN ('normal', 'back') AND COALESCE(c.mark, 'paid') <> 'due'
  AND NOT EXISTS (
    SELECT 1 FROM wholly_refunded x
    WHERE x.person = c.person AND x.unit = c.unit AND x.kind = c.kind AND x.owed = c.owed)
GROUP BY c.person, c.unit, c.owed
