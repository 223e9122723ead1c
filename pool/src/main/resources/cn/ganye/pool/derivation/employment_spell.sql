-- question  From which day to which was each employment in the employment register?
-- grain     one row per registration; 99991231 where it was not ended
-- inputs    employment_registration, insurance_change, load, person
-- output    employment_spell(person, kind, from_day, to_day, region)
-- codes     kind: employment-kind
-- A registration with a unit that nobody ended ends when a unit reports the person out (参保减员). The region is found as for
-- registrations of unemployment.
WITH left_unit AS (
  SELECT person, changed FROM insurance_change WHERE kind = 'leave'
),
said AS (
  SELECT r.person, r.kind, r.from_day, MIN(r.to_day) AS to_day, MIN(r.place) AS place, MIN(l.region) AS sender,
         MIN(x.changed) AS left_day
  FROM employment_registration r
  JOIN load l ON l.load = r.load
  LEFT JOIN left_unit x ON x.person = r.person AND r.kind = 'unit' AND x.changed >= r.from_day
  GROUP BY r.person, r.kind, r.from_day
)
SELECT CAST(s.person AS BIGINT) AS person, s.kind, s.from_day,
       CAST(CASE WHEN s.to_day < 21000000 THEN s.to_day ELSE COALESCE(s.left_day, 99991231) END AS INTEGER) AS to_day,
       CASE WHEN s.place % 100 <> 0 AND s.place <> 999999 THEN s.place
            WHEN s.sender % 100 <> 0 THEN s.sender
            ELSE COALESCE(p.home, 999999) END AS region
FROM said s
LEFT JOIN person p ON p.person = s.person
