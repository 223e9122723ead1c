-- question  At which counties other than its own does an enterprise have dispatched workers?
-- grain     one row per enterprise and county of a user enterprise; its number is negative, so that it is no enterprise's key, and follows from the two
-- inputs    filing_spell
-- output    posting(establishment, enterprise, work)
SELECT -(enterprise * 1000000 + work) AS establishment, enterprise, work
FROM (SELECT DISTINCT enterprise, work FROM filing_spell WHERE work IS NOT NULL) d
