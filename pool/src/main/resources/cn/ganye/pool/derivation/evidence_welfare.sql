-- question  Who holds a public-welfare post, and until when may the record be believed?
-- grain     one row per person and post; a post without a last day ends when its kind of post does
-- inputs    welfare_post, month, person, setting
-- output    evidence_welfare(person, from_ix, to_ix, basis, enterprise, work, insured, section, division)
-- codes     basis: basis, section: industry, division: industry
WITH held AS (
  SELECT w.person, f.month_ix AS from_ix, LEAST(COALESCE(t.month_ix, 999999), f.month_ix + v.value - 1) AS to_ix
  FROM welfare_post w
  JOIN month f ON f.month = CAST((w.from_day - w.from_day % 100) / 100 AS BIGINT)
  LEFT JOIN month t ON t.month = CAST((w.to_day - w.to_day % 100) / 100 AS BIGINT)
  JOIN setting v ON v.name = CASE WHEN w.kind = 'rural' THEN 'welfare-post-valid-rural' ELSE 'welfare-post-valid-urban' END
)
SELECT CAST(h.person AS BIGINT) AS person, h.from_ix, h.to_ix, 'welfare-post' AS basis, CAST(NULL AS BIGINT) AS enterprise,
       CASE WHEN p.residence - p.residence % 10000 = home.value AND p.residence % 100 <> 0 THEN p.residence ELSE p.hukou END AS work,
       0 AS insured, '?' AS section, '?' AS division
FROM held h
JOIN person p ON p.person = h.person
JOIN setting home ON home.name = 'home-province'
