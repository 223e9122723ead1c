package cn.ganye.server.marts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the marts hold of one enterprise within a region.
 *
 * @param numbers credit code and unit numbers under which it is known
 */
public record EmployerRecord(
    String name, List<String> numbers, List<Month> months, List<Origin> origins) {
  /**
   * One month in one county; a figure that needs a month not covered is null.
   *
   * @param baseSum contribution bases, fen
   */
  public record Month(
      int month,
      String region,
      String industry,
      @Nullable Long headcount,
      @Nullable Long hires,
      @Nullable Long separations,
      @Nullable Long baseSum) {}

  /** So many people of one origin in one work county, in its last month. */
  public record Origin(String origin, int month, long people) {}
}
