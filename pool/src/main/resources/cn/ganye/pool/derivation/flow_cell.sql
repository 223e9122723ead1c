-- question  Which jobs began, ended and stayed in each county and section, and what cannot be said?
-- grain     one row per frequency, period of the window, county and section that has establishments; zero is stored
-- inputs    establishment_flow, establishment, period_reach, flow_gap, lookback
-- output    flow_cell(frequency, period, region, industry, m, b, e, f, a, h, r, s, jc, jd)
-- codes     industry: industry
WITH cell AS (
  SELECT DISTINCT region, section FROM establishment
),
counted AS (
  SELECT f.frequency, f.period_ix, e.region, e.section,
         CAST(SUM(f.m) AS BIGINT) AS m, CAST(SUM(f.b) AS BIGINT) AS b, CAST(SUM(f.e) AS BIGINT) AS e,
         CAST(SUM(f.f) AS BIGINT) AS f, CAST(SUM(f.a) AS BIGINT) AS a, CAST(SUM(f.h) AS BIGINT) AS h,
         CAST(SUM(f.r) AS BIGINT) AS r, CAST(SUM(f.s) AS BIGINT) AS s,
         CAST(SUM(f.jc) AS BIGINT) AS jc, CAST(SUM(f.jd) AS BIGINT) AS jd
  FROM establishment_flow f
  JOIN establishment e ON e.establishment = f.establishment
  GROUP BY f.frequency, f.period_ix, e.region, e.section
),
gap AS (
  SELECT c.region, c.section, p.frequency, p.period_ix,
         MAX(CASE WHEN g.period_ix = p.period_ix THEN 1 ELSE 0 END) AS here,
         MAX(CASE WHEN g.period_ix = p.period_ix - 1 THEN 1 ELSE 0 END) AS before,
         MAX(CASE WHEN g.period_ix = p.period_ix + 1 THEN 1 ELSE 0 END) AS after,
         MAX(CASE WHEN g.period_ix < p.period_ix THEN 1 ELSE 0 END) AS back
  FROM cell c
  JOIN flow_gap g ON g.region = c.region AND g.section = c.section
  JOIN period_reach p ON p.frequency = g.frequency
  JOIN lookback l ON l.frequency = p.frequency
  WHERE g.period_ix >= p.period_ix - l.periods AND g.period_ix <= p.period_ix + 1
  GROUP BY c.region, c.section, p.frequency, p.period_ix
),
known AS (
  SELECT p.frequency, p.period, c.region, c.section,
         COALESCE(n.m, 0) AS m, COALESCE(n.b, 0) AS b, COALESCE(n.e, 0) AS e, COALESCE(n.f, 0) AS f,
         COALESCE(n.a, 0) AS a, COALESCE(n.h, 0) AS h, COALESCE(n.r, 0) AS r, COALESCE(n.s, 0) AS s,
         COALESCE(n.jc, 0) AS jc, COALESCE(n.jd, 0) AS jd,
         COALESCE(g.here, 0) = 0 AS here,
         p.has_before AND COALESCE(g.here, 0) = 0 AND COALESCE(g.before, 0) = 0 AS before,
         p.has_after AND COALESCE(g.here, 0) = 0 AND COALESCE(g.after, 0) = 0 AS after,
         p.has_lookback AND COALESCE(g.here, 0) = 0 AND COALESCE(g.back, 0) = 0 AS back
  FROM period_reach p
  CROSS JOIN cell c
  LEFT JOIN counted n
    ON n.frequency = p.frequency AND n.period_ix = p.period_ix AND n.region = c.region AND n.section = c.section
  LEFT JOIN gap g
    ON g.frequency = p.frequency AND g.period_ix = p.period_ix AND g.region = c.region AND g.section = c.section
)
SELECT frequency, period,
       LPAD(CAST(region AS VARCHAR(6)), 6, '0') AS region,
       section AS industry,
       CASE WHEN here THEN m END AS m,
       CASE WHEN before THEN b END AS b,
       CASE WHEN after THEN e END AS e,
       CASE WHEN before AND after THEN f END AS f,
       CASE WHEN before THEN a END AS a,
       CASE WHEN back AND before THEN h END AS h,
       CASE WHEN back AND before THEN r END AS r,
       CASE WHEN after THEN s END AS s,
       CASE WHEN before AND after THEN jc END AS jc,
       CASE WHEN before AND after THEN jd END AS jd
FROM known
