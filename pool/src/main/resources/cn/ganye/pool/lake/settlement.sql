-- question  Of rows with one key, which stands?
-- grain     one row per row that does not stand: contradiction, duplicate or superseded, with the load that decides
-- Rows of one key sent on one day: all equal, the first stands for them; not equal, none does. Between days the later one
-- supersedes if it says something else, and repeats if it does not.
INSERT INTO settlement
WITH dated AS (
  SELECT load, record, sent_day, hash(${values}) AS said, ${key}
  FROM repeated
  JOIN (SELECT load AS sent_load, known_from AS sent_day FROM load) l ON sent_load = load
),
daily AS (
  SELECT *,
         MIN(said) OVER (PARTITION BY ${key}, sent_day) <> MAX(said) OVER (PARTITION BY ${key}, sent_day) AS contradicts,
         ROW_NUMBER() OVER (PARTITION BY ${key}, sent_day ORDER BY load NULLS FIRST, record NULLS FIRST) AS place,
         MIN(load) OVER (PARTITION BY ${key}, sent_day) AS first_load
  FROM dated
),
speaker AS (
  SELECT *, LAG(said) OVER (PARTITION BY ${key} ORDER BY sent_day NULLS FIRST) AS before,
         LAG(load) OVER (PARTITION BY ${key} ORDER BY sent_day NULLS FIRST) AS before_load
  FROM daily
  WHERE NOT contradicts AND place = 1
),
standing AS (
  SELECT *, LEAD(load) OVER (PARTITION BY ${key} ORDER BY sent_day NULLS FIRST) AS next_load
  FROM speaker
  WHERE before IS NULL OR before <> said
)
SELECT '${dataset}', load, record, 'contradiction', first_load FROM daily WHERE contradicts
UNION ALL
SELECT '${dataset}', load, record, 'duplicate', first_load FROM daily WHERE NOT contradicts AND place > 1
UNION ALL
SELECT '${dataset}', load, record, 'duplicate', before_load FROM speaker WHERE before = said
UNION ALL
SELECT '${dataset}', load, record, 'superseded', next_load FROM standing WHERE next_load IS NOT NULL
