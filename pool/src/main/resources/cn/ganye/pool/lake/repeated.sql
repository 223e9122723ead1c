-- question  Which rows of a dataset share their key with another?
-- grain     one row per row sent; a superset, since keys are compared by their hash
-- This statement runs at intake, on one machine; ${…} are filled with the contract's names. Nearly every key is there once: to
-- sort their hashes takes less time and memory than to group by them.
CREATE OR REPLACE TEMP TABLE repeated AS
SELECT s.*
FROM ${sent} s
WHERE hash(${key}) IN (
  SELECT h
  FROM (
    SELECT h, LAG(h) OVER (ORDER BY h) AS before
    FROM (SELECT hash(${key}) AS h FROM ${sent}))
  WHERE before = h)
