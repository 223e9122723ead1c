-- question  Which households are there, where, and of which kind?
-- grain     one row per household with a member in the frame
-- inputs    resident, person, lifted_from_poverty
-- output    household(household, head, region, kind)
-- codes     kind: household-kind
-- A number of a household book (户号) is taken within its hukou county, since offices number from one each. Where the head lives; without a head, where most of it is first named. Relocated: a member is on a relocation list.
WITH member AS (
  SELECT r.household - p.hukou AS household, p.person, r.relation,
         CASE WHEN l.settlement IS NOT NULL THEN 1 ELSE 0 END AS relocated
  FROM resident r
  JOIN person p ON p.person = r.person
  LEFT JOIN lifted_from_poverty l ON l.person = r.person
  WHERE r.household IS NOT NULL
),
headed AS (
  SELECT household, COALESCE(MIN(CASE WHEN relation = 'head' THEN person END), MIN(person)) AS head, MAX(relocated) AS relocated
  FROM member
  GROUP BY household
)
SELECT h.household, h.head, p.residence AS region,
       CASE WHEN h.relocated = 1 THEN 'relocated'
            WHEN r.hukou_kind = 'rural' THEN 'rural'
            ELSE 'urban' END AS kind
FROM headed h
JOIN person p ON p.person = h.head
JOIN resident r ON r.person = h.head
