-- say  每个文件 records = accepted + quarantined + duplicates + superseded
SELECT file FROM intake
WHERE records <> accepted + quarantined + duplicates + superseded OR accepted < 0
