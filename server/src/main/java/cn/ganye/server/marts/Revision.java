package cn.ganye.server.marts;

import java.util.List;

/**
 * How a month of a region differs between two snapshots.
 *
 * @param cells of {@code stock} by residence whose people differ, the largest change first
 * @param files that were taken in since, by dataset and sender's region
 */
public record Revision(List<ChangedCell> cells, List<NewFiles> files) {
  /** So many people by county, status and basis, then and now. */
  public record ChangedCell(String region, String status, String basis, long then, long now) {}

  /** Files of one dataset and sender; the period of the first and the last, 0 if they have none. */
  public record NewFiles(
      String dataset, String region, int files, long records, int fromPeriod, int toPeriod) {}
}
