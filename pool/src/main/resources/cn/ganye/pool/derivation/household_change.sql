-- question  When do the counts of a household's members change?
-- grain     one row per household and month of the window in which a count changes
-- inputs    status_spell, resident, person, retirement_age, pool_window
-- output    household_change(household, month_ix, members, able, employed, unknown)
-- A spell begins and ends twice: as one of a member (present), and as one of a member who is able. A birth before 1890 counts as of 1890 (month 22680). able: of working age (16 to the legal age of retirement, which moves by month of birth) and neither in school, in custody, in
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
  SELECT s.household, s.status, e.present, e.sign,
         CASE WHEN e.present = 1 AND e.sign = 1 THEN s.from_ix WHEN e.present = 1 THEN s.to_ix + 1
              WHEN e.sign = 1 THEN s.able_from ELSE s.able_to + 1 END AS month_ix
  FROM spell s
  CROSS JOIN (SELECT 1 AS present, 1 AS sign UNION ALL SELECT 1, -1 UNION ALL SELECT 0, 1 UNION ALL SELECT 0, -1) e
  WHERE e.present = 1 OR (s.status <> 'OUTSIDE_LABOUR_FORCE' AND s.able_from <= s.able_to)
),
edge AS (
  SELECT household, month_ix,
         present * sign AS members,
         (1 - present) * sign AS able,
         CASE WHEN status = 'EMPLOYED' THEN present * sign ELSE 0 END AS employed,
         CASE WHEN status = 'UNKNOWN' THEN (1 - present) * sign ELSE 0 END AS unknown
  FROM change
  CROSS JOIN pool_window
  WHERE month_ix <= last_ix
)
SELECT household, month_ix, CAST(SUM(members) AS BIGINT) AS members, CAST(SUM(able) AS BIGINT) AS able,
       CAST(SUM(employed) AS BIGINT) AS employed, CAST(SUM(unknown) AS BIGINT) AS unknown
FROM edge
GROUP BY household, month_ix
HAVING SUM(members) <> 0 OR SUM(able) <> 0 OR SUM(employed) <> 0 OR SUM(unknown) <> 0
