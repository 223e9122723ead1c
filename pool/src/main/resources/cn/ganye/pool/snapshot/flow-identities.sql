-- say  每格须满足 e−b = a−s = jc−jd，m = b+a，a = h+r（LEHD QWI）
SELECT period, region, industry FROM flow
WHERE e - b <> a - s OR e - b <> jc - jd OR m <> b + a OR a <> h + r
UNION ALL
SELECT period, region, industry FROM flow_quarter
WHERE e - b <> a - s OR e - b <> jc - jd OR m <> b + a OR a <> h + r
