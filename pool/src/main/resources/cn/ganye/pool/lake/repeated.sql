-- question  Which rows of a dataset share their key with another?
-- grain     one row per row sent; a superset, since keys are compared by their hash
-- This statement runs at intake, on one machine; ${…} are filled with the contract's names.
CREATE OR REPLACE TEMP TABLE repeated AS
SELECT s.*
FROM ${sent} s
WHERE hash(${key}) IN (
  SELECT hash(${key}) AS h
  FROM ${sent}
  GROUP BY h
  HAVING COUNT(*) > 1)
