-- question  When do the counts of a household's members change?
-- grain     one row per household and month of the window in which a count changes
-- inputs    status_spell, resident, person, retirement_age, pool_window
-- output    household_change(household, month_ix, members, able, employed, unknown)
-- A birth before 1890 counts as of 1890 (month 22680). able: of working age (16 to the legal age of retirement, which moves by month of birth) and neither in school, in custody, in
-- service, retired nor unable to work.
WITH spell AS (
  SELECT r.household - p.hukou AS household, s.from_ix, s.to_ix, s.status,
         GREATEST(s.from_ix, p.birth_ix + 192) AS able_from, LEAST(s.to_ix, p.birth_ix + a.months - 1) AS able_to
  FROM status_spell s
  JOIN resident r ON r.person = s.person
  JOIN person p ON p.person = s.person
  JOIN retirement_age a ON a.sex = p.sex AND a.birth_ix = GREATEST(p.birth_ix, 22680)
  WHERE r.household IS NOT NULL
),
change AS (
  SELECT s.household, e.part, s.status,
         CASE e.part WHEN 'comes' THEN s.from_ix WHEN 'goes' THEN s.to_ix + 1 WHEN 'able' THEN s.able_from ELSE s.able_to + 1 END AS month_ix
  FROM spell s
  CROSS JOIN (SELECT 'comes' AS part UNION ALL SELECT 'goes' UNION ALL SELECT 'able' UNION ALL SELECT 'unable') e
  WHERE e.part IN ('comes', 'goes') OR (s.status <> 'OUTSIDE_LABOUR_FORCE' AND s.able_from <= s.able_to)
),
edge AS (
  SELECT household, month_ix,
         CASE part WHEN 'comes' THEN 1 WHEN 'goes' THEN -1 ELSE 0 END AS members,
         CASE part WHEN 'able' THEN 1 WHEN 'unable' THEN -1 ELSE 0 END AS able,
         CASE WHEN status <> 'EMPLOYED' THEN 0 WHEN part = 'comes' THEN 1 WHEN part = 'goes' THEN -1 ELSE 0 END AS employed,
         CASE WHEN status <> 'UNKNOWN' THEN 0 WHEN part = 'able' THEN 1 WHEN part = 'unable' THEN -1 ELSE 0 END AS unknown
  FROM change
  CROSS JOIN pool_window
  WHERE month_ix <= last_ix
)
SELECT household, month_ix, CAST(SUM(members) AS BIGINT) AS members, CAST(SUM(able) AS BIGINT) AS able,
       CAST(SUM(employed) AS BIGINT) AS employed, CAST(SUM(unknown) AS BIGINT) AS unknown
FROM edge
GROUP BY household, month_ix
HAVING SUM(members) <> 0 OR SUM(able) <> 0 OR SUM(employed) <> 0 OR SUM(unknown) <> 0
