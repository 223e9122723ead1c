-- question  Which posts were open in which quarter, where, and for how many people?
-- grain     one row per quarter of the window, enterprise, post and county; an employer's post that is published again counts once, with its largest number
-- inputs    vacancy, enterprise, industry_class, month, period, setting
-- output    vacancy_open(period, enterprise, post, region, section, heads)
-- Open from the day of publication until its end, at most as long as the setting says; without an end, in the quarter of
-- publication. 999 is a placeholder: how many are wanted is then not known.
WITH said AS (
  SELECT v.enterprise, v.post_label AS post, v.heads,
         CASE WHEN v.place % 100 <> 0 AND v.place <> 999999 THEN v.place ELSE COALESCE(e.region, 999999) END AS region,
         COALESCE(i.section, '?') AS section,
         f.month_ix AS from_ix,
         LEAST(COALESCE(t.month_ix, f.month_ix), f.month_ix + l.value - 1) AS to_ix,
         p.value AS placeholder
  FROM vacancy v
  JOIN month f ON f.month = CAST((v.published - v.published % 100) / 100 AS BIGINT)
  LEFT JOIN month t ON t.month = CAST((v.valid_to - v.valid_to % 100) / 100 AS BIGINT)
  LEFT JOIN enterprise e ON e.enterprise = v.enterprise
  LEFT JOIN industry_class i ON i.code = COALESCE(e.industry, e.section)
  JOIN setting l ON l.name = 'vacancy-longest-open'
  JOIN setting p ON p.name = 'vacancy-heads-placeholder'
)
SELECT q.period, s.enterprise, s.post, s.region, MIN(s.section) AS section,
       MAX(CASE WHEN s.heads < s.placeholder THEN s.heads END) AS heads
FROM said s
JOIN period q ON q.frequency = 'quarter' AND q.period_ix * 3 <= s.to_ix AND q.period_ix * 3 + 2 >= s.from_ix
GROUP BY q.period, s.enterprise, s.post, s.region
