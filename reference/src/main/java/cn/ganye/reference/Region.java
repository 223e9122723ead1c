package cn.ganye.reference;

/**
 * 行政区划 (GB/T 2260 and the statistics bureau's extension of it).
 *
 * @param code 2 digits for a province, 4 a city, 6 a county, 9 a township, 12 a village; the parent
 *     is the prefix
 * @param name official Chinese name
 */
public record Region(String code, String name, Level level) {
  /** The five levels, from the province down. */
  public enum Level {
    PROVINCE,
    CITY,
    COUNTY,
    TOWNSHIP,
    VILLAGE
  }

  /**
   * The code of six digits that files use: 36 → 360000, 3601 → 360100; of a township or village,
   * its county's.
   */
  public int six() {
    return switch (level) {
      case PROVINCE -> Integer.parseInt(code) * 10_000;
      case CITY -> Integer.parseInt(code) * 100;
      case COUNTY -> Integer.parseInt(code);
      case TOWNSHIP, VILLAGE -> Integer.parseInt(code, 0, 6, 10);
    };
  }
}
