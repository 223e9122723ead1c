-- question  From which day to which was each registration of unemployment in the register?
-- grain     one row per person and day of registration; 99991231 where it was not cancelled
-- inputs    unemployment_registration, load, person, month, pool_window
-- output    registration_spell(person, from_day, to_day, from_ix, to_ix, region)
-- A cancellation without a day counts on the last day of the period of the file that brought it. The region is that of the
-- office: told in the row, else the county that sent the file, else the person's home county.
WITH said AS (
  SELECT r.person, r.registered, r.state, r.cancelled, r.place, l.region AS sender,
         CASE WHEN l.period > 0 THEN l.period ELSE CAST((l.known_from - l.known_from % 100) / 100 AS BIGINT) END AS known_month
  FROM unemployment_registration r
  JOIN load l ON l.load = r.load
),
spell AS (
  SELECT person, registered AS from_day,
         MIN(CASE WHEN state = 'cancelled' THEN COALESCE(cancelled, known_month * 100 + 31) ELSE 99991231 END) AS to_day,
         MIN(place) AS place, MIN(sender) AS sender
  FROM said
  GROUP BY person, registered
)
SELECT CAST(s.person AS BIGINT) AS person, s.from_day, CAST(s.to_day AS INTEGER) AS to_day,
       f.month_ix AS from_ix, LEAST(COALESCE(t.month_ix, w.last_ix), w.last_ix) AS to_ix,
       CASE WHEN s.place % 100 <> 0 AND s.place <> 999999 THEN s.place
            WHEN s.sender % 100 <> 0 THEN s.sender
            ELSE COALESCE(p.home, 999999) END AS region
FROM spell s
CROSS JOIN pool_window w
JOIN month f ON f.month = CAST((s.from_day - s.from_day % 100) / 100 AS BIGINT)
LEFT JOIN month t ON t.month = CASE WHEN s.to_day < 99991231 THEN CAST((s.to_day - s.to_day % 100) / 100 AS BIGINT) END
LEFT JOIN person p ON p.person = s.person
