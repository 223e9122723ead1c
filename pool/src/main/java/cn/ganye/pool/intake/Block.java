package cn.ganye.pool.intake;

/**
 * A run of whole records.
 *
 * @param bytes UTF-8; records fill it up to {@code length}
 * @param oversize set if the block is the head of one record too long to be held, which stands for
 *     that record
 */
record Block(byte[] bytes, int length, @org.jspecify.annotations.Nullable Oversize oversize) {
  /** What is kept of a record that is too long: its head is in the block. */
  record Oversize(long length, String sha256) {}
}
