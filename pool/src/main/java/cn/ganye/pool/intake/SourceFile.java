package cn.ganye.pool.intake;

import java.nio.file.Path;

/**
 * A file to be taken in.
 *
 * @param path relative to the folder, with forward slashes
 * @param sha256 of its bytes
 */
public record SourceFile(String path, Path file, long bytes, String sha256) {}
