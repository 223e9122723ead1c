-- question  Which months make up each stretch that a cell of a mart of levels lasts?
-- grain     one row per stretch, by its first month and its length, and month
-- inputs    stock_level, stock_industry_level, group_level, od_level, span, month
-- output    stretch(from_ix, months, month)
-- So that one equality spreads a level over its months, and one month is read without the others.
WITH lasting AS (
  SELECT from_ix, months FROM stock_level
  UNION
  SELECT from_ix, months FROM stock_industry_level
  UNION
  SELECT from_ix, months FROM group_level
  UNION
  SELECT from_ix, months FROM od_level
)
SELECT l.from_ix, l.months, m.month
FROM lasting l
JOIN span s ON s.months = l.months
JOIN month m ON m.month_ix = l.from_ix + s.offset_months
