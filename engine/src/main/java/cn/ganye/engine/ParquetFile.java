package cn.ganye.engine;

import java.nio.file.Path;

/**
 * A Parquet file that was written.
 *
 * @param sha256 of its bytes, lower-case hexadecimal
 */
public record ParquetFile(Path path, long rows, long bytes, String sha256) {}
