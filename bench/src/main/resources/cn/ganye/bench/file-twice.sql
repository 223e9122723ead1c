-- question  Does every file that was sent again come out as nothing but duplicates?
-- grain     one row: files that name a copy, and those of which something was taken in
SELECT 'file-twice', COUNT(*), COUNT(*) FILTER (WHERE duplicates <> records OR records = 0)
FROM intake
WHERE file LIKE '%again%'
