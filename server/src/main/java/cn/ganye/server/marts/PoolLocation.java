package cn.ganye.server.marts;

import java.nio.file.Path;

/**
 * Where the pool and the files that it is built from lie.
 *
 * @param root folder of the pool
 * @param files folder of the files
 * @param synthetic whether they tell of a made-up province: every screen says so
 */
public record PoolLocation(Path root, Path files, boolean synthetic) {}
