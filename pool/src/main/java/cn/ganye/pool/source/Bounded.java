package cn.ganye.pool.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is unpacked, up to a bound that no table of its packed size goes beyond. */
final class Bounded extends FilterInputStream {
  /** Tables of repeated words shrink to a hundredth; what shrinks more is no table. */
  private static final long MOST = 200;

  private static final long ALWAYS = 64L << 20;

  private final long bound;
  private long read;

  /**
   * Bounds a stream.
   *
   * @param packed its bytes before they were unpacked
   */
  Bounded(InputStream in, long packed) {
    super(in);
    this.bound = bound(packed);
  }

  /** How many bytes at most may come of so many packed ones. */
  static long bound(long packed) {
    return Math.max(ALWAYS, packed * MOST);
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    counted(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    counted(Math.max(0, count));
    return count;
  }

  private void counted(int bytes) throws UnreadableSource {
    read += bytes;
    if (read > bound) {
      throw tooLarge();
    }
  }

  static UnreadableSource tooLarge() {
    return new UnreadableSource(
        UnreadableSource.Why.TOO_LARGE,
        "it unpacks to more than " + MOST + " times its size: no table does");
  }
}
