-- question  Who works where: from hukou, from residence, and from last month's place of work?
-- grain     one row per month, kind and pair of regions; 000000 is not employed, so that each kind sums to the frame; a zero is stored in the month in which a pair empties
-- inputs    od_level, stretch
-- output    od(month, kind, from_region, to_region, people, cell_key)
-- publish   month
-- order     month, kind, from_region, to_region
-- codes     kind: od-kind, from_region: region, to_region: region
-- as        view
SELECT t.month, l.kind, l.from_region, l.to_region, l.people, l.cell_key
FROM od_level l
JOIN stretch t ON t.from_ix = l.from_ix AND t.months = l.months
