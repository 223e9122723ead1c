-- question  Which households are there, where, and of which kind?
-- grain     one row per household with a member in the frame
-- inputs    resident, person, lifted_from_poverty
-- output    household(household, head, region, kind)
-- codes     kind: household-kind
-- A number of a household book (户号) is taken within its hukou county, since offices number from one each. Where the head lives; without a head, where most of it is first named. Relocated: a member is on a relocation list.
WITH member AS (
  SELECT r.household - p.hukou AS household, p.person, p.residence, r.relation, r.hukou_kind,
         CASE WHEN l.settlement IS NOT NULL THEN 1 ELSE 0 END AS relocated,
         ROW_NUMBER() OVER (PARTITION BY r.household - p.hukou ORDER BY CASE WHEN r.relation = 'head' THEN 0 ELSE 1 END, p.person) AS place
  FROM resident r
  JOIN person p ON p.person = r.person
  LEFT JOIN lifted_from_poverty l ON l.person = r.person
  WHERE r.household IS NOT NULL
)
SELECT household,
       MAX(CASE WHEN place = 1 THEN person END) AS head,
       MAX(CASE WHEN place = 1 THEN residence END) AS region,
       CASE WHEN MAX(relocated) = 1 THEN 'relocated'
            WHEN MAX(CASE WHEN place = 1 AND hukou_kind = 'rural' THEN 1 ELSE 0 END) = 1 THEN 'rural'
            ELSE 'urban' END AS kind
FROM member
GROUP BY household
