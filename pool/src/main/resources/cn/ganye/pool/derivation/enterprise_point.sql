-- question  Where does each enterprise stand, by what it filed?
-- grain     one row per enterprise whose filed point lies in China
-- inputs    enterprise
-- output    enterprise_point(enterprise, region, longitude, latitude)
-- publish   whole
-- order     enterprise
-- codes     region: region
-- Longitude and latitude in millionths of a degree, as filed; the two taken for each other are put right, since no place in
-- China can be read both ways.
WITH filed AS (
  SELECT enterprise, region,
         CASE WHEN longitude < latitude THEN latitude ELSE longitude END AS longitude,
         CASE WHEN longitude < latitude THEN longitude ELSE latitude END AS latitude
  FROM enterprise
  WHERE longitude IS NOT NULL AND latitude IS NOT NULL
)
SELECT CAST(enterprise AS BIGINT) AS enterprise, LPAD(CAST(region AS VARCHAR(6)), 6, '0') AS region,
       CAST(longitude AS BIGINT) AS longitude, CAST(latitude AS BIGINT) AS latitude
FROM filed
WHERE longitude BETWEEN 73000000 AND 136000000 AND latitude BETWEEN 3000000 AND 54000000
