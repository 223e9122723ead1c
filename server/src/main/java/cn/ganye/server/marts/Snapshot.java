package cn.ganye.server.marts;

/**
 * The state of the pool that figures are read from.
 *
 * @param id SHA-256 of its marts
 * @param firstMonth yyyymm
 * @param lastMonth yyyymm
 * @param synthetic whether the data are made up
 */
public record Snapshot(String id, int firstMonth, int lastMonth, boolean synthetic) {}
