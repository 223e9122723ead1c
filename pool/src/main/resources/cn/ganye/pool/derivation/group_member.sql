-- question  Who belongs to which key group, from which month to which?
-- grain     one row per person, key group and unbroken run of months in the frame
-- inputs    graduate, veteran, lifted_from_poverty, disabled, fishing_ban_fisher, hard_to_employ, resident, person, month, pool_window, setting
-- output    group_member(person, key_group, from_ix, to_ix)
-- codes     key_group: key-group
WITH said AS (
  SELECT g.person, 'graduate' AS key_group, m.month_ix AS from_ix, m.month_ix + v.value - 1 AS to_ix
  FROM graduate g
  JOIN month m ON m.month = CAST((g.graduated - g.graduated % 100) / 100 AS BIGINT)
  JOIN setting v ON v.name = 'graduate-group-valid'
  UNION ALL
  SELECT s.person, 'veteran', m.month_ix, w.last_ix
  FROM veteran s
  CROSS JOIN pool_window w
  JOIN month m ON m.month = CAST((s.discharged - s.discharged % 100) / 100 AS BIGINT)
  UNION ALL
  SELECT p.person, 'lifted-from-poverty', w.first_ix, w.last_ix
  FROM lifted_from_poverty p
  CROSS JOIN pool_window w
  WHERE p.kind = 'lifted'
  UNION ALL
  SELECT p.person, 'monitored', w.first_ix, w.last_ix
  FROM lifted_from_poverty p
  CROSS JOIN pool_window w
  WHERE p.monitored IS NOT NULL AND COALESCE(p.cleared, 'no') = 'no'
  UNION ALL
  SELECT p.person, 'relocated', w.first_ix, w.last_ix
  FROM lifted_from_poverty p
  CROSS JOIN pool_window w
  WHERE p.settlement IS NOT NULL
  UNION ALL
  SELECT d.person, 'disabled', w.first_ix, LEAST(COALESCE(m.month_ix, w.last_ix), w.last_ix)
  FROM disabled d
  CROSS JOIN pool_window w
  LEFT JOIN month m ON m.month = CAST((d.valid_to - d.valid_to % 100) / 100 AS BIGINT)
  UNION ALL
  SELECT f.person, 'fishing-ban-fisher', m.month_ix, w.last_ix
  FROM fishing_ban_fisher f
  CROSS JOIN pool_window w
  JOIN month m ON m.month = CAST((f.banned - f.banned % 100) / 100 AS BIGINT)
  UNION ALL
  SELECT h.person, 'hard-to-employ', m.month_ix, LEAST(COALESCE(c.month_ix, w.last_ix), w.last_ix)
  FROM hard_to_employ h
  CROSS JOIN pool_window w
  JOIN month m ON m.month = CAST((COALESCE(h.final_day, h.first_day) - COALESCE(h.final_day, h.first_day) % 100) / 100 AS BIGINT)
  LEFT JOIN month c ON c.month = CAST((h.cancelled - h.cancelled % 100) / 100 AS BIGINT)
  WHERE COALESCE(h.final_result, h.first_result, 'passed') = 'passed'
  UNION ALL
  SELECT r.person, 'rural-labour', p.birth_ix + 192, w.last_ix
  FROM resident r
  JOIN person p ON p.person = r.person
  CROSS JOIN pool_window w
  WHERE r.hukou_kind = 'rural'
),
clipped AS (
  SELECT p.person, s.key_group, GREATEST(s.from_ix, p.from_ix) AS from_ix, LEAST(s.to_ix, p.to_ix) AS to_ix
  FROM said s
  JOIN person p ON p.person = s.person
  WHERE GREATEST(s.from_ix, p.from_ix) <= LEAST(s.to_ix, p.to_ix)
),
reached AS (
  SELECT person, key_group, from_ix, to_ix,
         MAX(to_ix) OVER (PARTITION BY person, key_group ORDER BY from_ix NULLS FIRST, to_ix NULLS FIRST
                          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
  FROM clipped
),
numbered AS (
  SELECT person, key_group, from_ix, to_ix,
         SUM(CASE WHEN reach >= from_ix - 1 THEN 0 ELSE 1 END)
           OVER (PARTITION BY person, key_group ORDER BY from_ix NULLS FIRST, to_ix NULLS FIRST ROWS UNBOUNDED PRECEDING) AS spell
  FROM reached
)
SELECT person, key_group, MIN(from_ix) AS from_ix, MAX(to_ix) AS to_ix
FROM numbered
GROUP BY person, key_group, spell
