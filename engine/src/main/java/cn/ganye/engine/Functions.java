package cn.ganye.engine;

import java.util.List;

/** The scalar functions of our own that steps may call, each defined on both engines. */
public final class Functions {
  /**
   * One function.
   *
   * @param duckdb statement that defines it in DuckDB
   * @param spark statement that defines it in Spark
   */
  public record Scalar(String name, String duckdb, String spark) {}

  /**
   * {@code mix32(x)}: a 32-bit mix of a non-negative key below 2³², as a BIGINT. Two rounds of
   * xor-shift and multiplication by 0x45D9F3B (T. Mueller's integer hash); no product reaches 2⁶³.
   */
  public static final List<Scalar> ALL =
      List.of(
          new Scalar(
              "mix32_round",
              "CREATE MACRO mix32_round(x) AS (xor(x, x >> 16) * 73244475) % 4294967296",
              "CREATE TEMPORARY FUNCTION mix32_round(x BIGINT) RETURNS BIGINT"
                  + " RETURN ((x ^ shiftright(x, 16)) * 73244475) % 4294967296"),
          new Scalar(
              "mix32",
              "CREATE MACRO mix32(x) AS mix32_round(mix32_round(CAST(x AS BIGINT)))",
              "CREATE TEMPORARY FUNCTION mix32(x BIGINT) RETURNS BIGINT RETURN mix32_round(mix32_round(x))"));

  private Functions() {}
}
