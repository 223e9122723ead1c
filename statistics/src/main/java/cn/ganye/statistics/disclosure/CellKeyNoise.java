package cn.ganye.statistics.disclosure;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Perturbs counts by the key of their cell, the sum of keys of the people counted: whoever asks for
 * the same people in whatever way sees the same number, and asking again averages nothing out.
 *
 * <p>After Fraser and Wooton, A proposed method for confidentialising tabular output to protect
 * against differencing, UNECE work session on statistical data confidentiality, 2005.
 */
public final class CellKeyNoise {
  /** Furthest from the count that is shown. */
  public static final int DISTANCE = 5;

  /** Of the noise. */
  public static final double VARIANCE = 2;

  private static final NoiseTable TABLE = new NoiseTable(DISTANCE, VARIANCE);
  private static final double MANTISSA = 0x1.0p-53;

  private final SecretKeySpec secret;

  /**
   * Noise of one secret: with another one the same cell has other noise.
   *
   * @param secret without it nobody can tell the noise from the key
   */
  public CellKeyNoise(byte[] secret) {
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
  }

  /**
   * What is shown for a count (Fraser and Wooton 2005): never 1 or 2, never further from it than
   * {@link #DISTANCE}, 0 for 0, and on average the count itself.
   *
   * @param count people in the cell
   * @param cellKey sum of their keys, modulo 2³²
   * @throws IllegalArgumentException if the count is negative
   */
  public long shown(long count, long cellKey) {
    if (count < 0) {
      throw new IllegalArgumentException("a count is not negative: " + count);
    }
    return count == 0 ? 0 : TABLE.shown(count, uniform(cellKey));
  }

  private double uniform(long cellKey) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt((int) cellKey).array();
      return (ByteBuffer.wrap(mac.doFinal(key)).getLong() >>> 11) * MANTISSA;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
    }
  }
}
