-- question  What does a dataset call each enterprise?
-- grain     one row per enterprise that it names
-- This statement runs on one machine; ${…} are filled from the contract.
INSERT INTO directory_name
SELECT s.${number}, '${dataset}', MAX(n.name)
FROM ${table} s
JOIN vault_name n ON n.load = s.load AND n.record = s.record
WHERE n.name <> '' AND s.${number} IS NOT NULL
GROUP BY s.${number}
