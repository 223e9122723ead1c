-- question  What is known of one person: inferred status, what all datasets say, and which sources contradict each other?
-- grain     one row per person and spell of status, fact or contradiction; filed by person, so that one look-up opens one small file
-- inputs    status_spell, conflict, evidence, evidence_dataset, filing_spell, benefit, subsidy, hard_to_employ, disabled, veteran, graduate, lifted_from_poverty, fishing_ban_fisher, deceased, month, person
-- output    person_file(person, from_month, to_month, dataset, fact, enterprise, region, industry, amount, status, since_month, against, against_since_month)
-- publish   person by 16384
-- order     person, from_month, dataset, fact, to_month, enterprise, amount, status, since_month, against, against_since_month
-- codes     dataset: dataset, fact: fact, region: region, industry: industry, status: status, against: evidence
-- A spell has a status and its basis as fact; a contradiction has two pieces of evidence, fact and against; the rest are facts of a
-- dataset. A month that is not told is 0; an end that is not told is 999912. Amounts in fen.
WITH spoken AS (
  SELECT DISTINCT person, since_ix, to_ix, evidence, enterprise, work
  FROM evidence
),
told AS (
  SELECT u.person, f.month AS from_month, t.month AS to_month, 'labour-filing' AS dataset, 'user-enterprise' AS fact, u.user_enterprise AS enterprise,
         u.work AS region, CAST(NULL AS BIGINT) AS amount
  FROM filing_spell u
  JOIN month f ON f.month_ix = u.from_ix
  JOIN month t ON t.month_ix = u.to_ix
  WHERE u.user_enterprise IS NOT NULL
  UNION ALL
  SELECT CAST(person AS BIGINT), month, month, 'benefit', 'benefit-paid', CAST(NULL AS BIGINT), CAST(NULL AS INTEGER), amount FROM benefit
  UNION ALL
  SELECT CAST(person AS BIGINT), month, month, 'subsidy', 'subsidy-' || CAST(kind AS VARCHAR(40)), CAST(NULL AS BIGINT), CAST(NULL AS INTEGER), amount FROM subsidy
  UNION ALL
  SELECT CAST(person AS BIGINT), CAST((first_day - first_day % 100) / 100 AS INTEGER),
         CASE WHEN cancelled IS NULL THEN 999912 ELSE CAST((cancelled - cancelled % 100) / 100 AS INTEGER) END,
         'hard-to-employ', 'hardship-' || CAST(kind AS VARCHAR(40)), CAST(NULL AS BIGINT), CAST(NULL AS INTEGER), CAST(NULL AS BIGINT)
  FROM hard_to_employ
  UNION ALL
  SELECT CAST(person AS BIGINT), 0, CASE WHEN valid_to IS NULL THEN 999912 ELSE CAST((valid_to - valid_to % 100) / 100 AS INTEGER) END,
         'disabled', 'disability-' || CAST(kind AS VARCHAR(40)), CAST(NULL AS BIGINT), CAST(NULL AS INTEGER), CAST(NULL AS BIGINT)
  FROM disabled
  UNION ALL
  SELECT CAST(person AS BIGINT), CAST((discharged - discharged % 100) / 100 AS INTEGER), 999912, 'veteran', 'discharged',
         CAST(NULL AS BIGINT), hukou, CAST(NULL AS BIGINT)
  FROM veteran
  UNION ALL
  SELECT CAST(person AS BIGINT), CAST((graduated - graduated % 100) / 100 AS INTEGER), 999912, 'graduate', 'graduated-' || CAST(placement AS VARCHAR(40)),
         CAST(NULL AS BIGINT), origin, CAST(NULL AS BIGINT)
  FROM graduate
  UNION ALL
  SELECT CAST(person AS BIGINT), 0, 999912, 'lifted-from-poverty', CASE WHEN monitored IS NOT NULL THEN 'monitored' ELSE 'lifted' END,
         CAST(NULL AS BIGINT), work, CAST(NULL AS BIGINT)
  FROM lifted_from_poverty
  UNION ALL
  SELECT CAST(person AS BIGINT), CAST((banned - banned % 100) / 100 AS INTEGER), 999912, 'fishing-ban-fisher', 'fishing-ban',
         CAST(NULL AS BIGINT), CAST(NULL AS INTEGER), CAST(NULL AS BIGINT)
  FROM fishing_ban_fisher
  UNION ALL
  SELECT CAST(person AS BIGINT), CAST((LEAST(COALESCE(died, 99991231), COALESCE(cremated, 99991231), COALESCE(cancelled, 99991231))
           - LEAST(COALESCE(died, 99991231), COALESCE(cremated, 99991231), COALESCE(cancelled, 99991231)) % 100) / 100 AS INTEGER),
         999912, 'deceased', 'death', CAST(NULL AS BIGINT), CAST(NULL AS INTEGER), CAST(NULL AS BIGINT)
  FROM deceased
),
known AS (
  SELECT s.person, f.month AS from_month, t.month AS to_month, '' AS dataset, CAST(s.basis AS VARCHAR(40)) AS fact, s.enterprise,
         CAST(s.work AS INTEGER) AS region, s.section AS industry, CAST(NULL AS BIGINT) AS amount, s.status,
         CAST(NULL AS INTEGER) AS since_month, CAST(NULL AS VARCHAR(40)) AS against, CAST(NULL AS INTEGER) AS against_since_month
  FROM status_spell s
  JOIN month f ON f.month_ix = s.from_ix
  JOIN month t ON t.month_ix = s.to_ix
  UNION ALL
  SELECT e.person, f.month, t.month, d.dataset, CAST(e.evidence AS VARCHAR(40)), e.enterprise,
         CAST(e.work AS INTEGER), NULL, CAST(NULL AS BIGINT), NULL, CAST(NULL AS INTEGER), CAST(NULL AS VARCHAR(40)), CAST(NULL AS INTEGER)
  FROM spoken e
  JOIN evidence_dataset d ON d.evidence = e.evidence
  JOIN month f ON f.month_ix = e.since_ix
  JOIN month t ON t.month_ix = e.to_ix
  UNION ALL
  SELECT DISTINCT t.person, t.from_month, t.to_month, t.dataset, t.fact, t.enterprise,
         t.region, NULL, t.amount, NULL, CAST(NULL AS INTEGER), CAST(NULL AS VARCHAR(40)), CAST(NULL AS INTEGER)
  FROM told t
  UNION ALL
  SELECT c.person, c.from_month, c.to_month, '', CAST(c.evidence AS VARCHAR(40)), CAST(NULL AS BIGINT),
         CAST(NULL AS INTEGER), NULL, CAST(NULL AS BIGINT), NULL, c.since_month, CAST(c.against AS VARCHAR(40)), c.against_since_month
  FROM conflict c
)
SELECT k.person, CAST(k.from_month AS INTEGER) AS from_month, CAST(k.to_month AS INTEGER) AS to_month, k.dataset, k.fact, k.enterprise,
       LPAD(CAST(k.region AS VARCHAR(6)), 6, '0') AS region, k.industry, k.amount, k.status, k.since_month, k.against, k.against_since_month
FROM known k
JOIN person p ON p.person = k.person
