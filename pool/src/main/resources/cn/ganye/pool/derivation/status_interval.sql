-- question  Into which intervals do the edges of the evidence cut each person's months?
-- grain     one row per person and interval without an edge inside
-- inputs    evidence, person
-- output    status_interval(person, from_ix, to_ix)
WITH edge AS (
  SELECT person, from_ix AS ix FROM person
  UNION
  SELECT person, to_ix + 1 AS ix FROM person
  UNION
  SELECT person, birth_ix + 192 AS ix FROM person WHERE birth_ix + 192 > from_ix AND birth_ix + 192 <= to_ix
  UNION
  SELECT person, from_ix AS ix FROM evidence
  UNION
  SELECT person, to_ix + 1 AS ix FROM evidence
),
paired AS (
  SELECT person, ix AS from_ix, LEAD(ix) OVER (PARTITION BY person ORDER BY ix NULLS FIRST) - 1 AS to_ix
  FROM edge
)
SELECT person, from_ix, to_ix
FROM paired
WHERE to_ix IS NOT NULL
