-- question  What are each employer's flows in each quarter of a file, and what cannot be said?
-- grain     one row per quarter of the file's span and employer; absence is zero, a measure that needs a quarter outside the span is NULL
-- inputs    establishment_flow, period_reach, employer_name
-- output    employer_flow(quarter, employer, m, b, e, f, a, h, r, s, jf)
WITH known AS (
  SELECT p.period AS quarter, n.employer,
         COALESCE(f.m, 0) AS m, COALESCE(f.b, 0) AS b, COALESCE(f.e, 0) AS e, COALESCE(f.f, 0) AS f,
         COALESCE(f.a, 0) AS a, COALESCE(f.h, 0) AS h, COALESCE(f.r, 0) AS r, COALESCE(f.s, 0) AS s,
         COALESCE(f.jc, 0) - COALESCE(f.jd, 0) AS jf,
         p.has_before, p.has_after, p.has_lookback
  FROM period_reach p
  CROSS JOIN employer_name n
  LEFT JOIN establishment_flow f ON f.frequency = p.frequency AND f.period_ix = p.period_ix AND f.establishment = n.enterprise
  WHERE p.frequency = 'quarter'
)
SELECT quarter, employer, m,
       CASE WHEN has_before THEN b END AS b,
       CASE WHEN has_after THEN e END AS e,
       CASE WHEN has_before AND has_after THEN f END AS f,
       CASE WHEN has_before THEN a END AS a,
       CASE WHEN has_lookback THEN h END AS h,
       CASE WHEN has_lookback THEN r END AS r,
       CASE WHEN has_after THEN s END AS s,
       CASE WHEN has_before AND has_after THEN jf END AS jf
FROM known
