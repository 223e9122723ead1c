-- question  For which counties and quarters has the office not sent its vacancies?
-- grain     one row per county and quarter of the window
-- inputs    load, month, period, home_county
-- output    vacancy_gap(region, period)
-- A county is covered by its own file, by its city's or by the province's, of a month of the quarter; a file without a period
-- covers every quarter until it was sent. Where nobody has ever sent any, nothing is known.
WITH sent AS (
  SELECT l.region, f.month_ix AS from_ix, f.month_ix AS to_ix
  FROM load l
  JOIN month f ON f.month = l.period
  WHERE l.dataset = 'vacancy' AND l.period > 0
  UNION ALL
  SELECT l.region, CAST(0 AS BIGINT), k.month_ix
  FROM load l
  JOIN month k ON k.month = CAST((l.known_from - l.known_from % 100) / 100 AS BIGINT)
  WHERE l.dataset = 'vacancy' AND l.period = 0
),
covered AS (
  SELECT DISTINCT h.region, q.period
  FROM sent s
  JOIN home_county h ON h.region = s.region OR h.city = s.region OR h.province = s.region
  JOIN period q ON q.frequency = 'quarter' AND q.period_ix * 3 <= s.to_ix AND q.period_ix * 3 + 2 >= s.from_ix
)
SELECT h.region, q.period
FROM home_county h
JOIN period q ON q.frequency = 'quarter'
LEFT JOIN covered c ON c.region = h.region AND c.period = q.period
WHERE c.region IS NULL
