package cn.ganye.reference;

import java.util.List;
import java.util.stream.Stream;

/**
 * 上报单位: who files figures upward. All counties do, and new areas and development zones that are no
 * county.
 *
 * @param code county code, or the word of a zone
 * @param county county in which it lies
 * @param grade as sources go; zones are M until the province confirms them
 */
public record ReportingUnit(String code, String name, int county, String grade) {
  /** The units of a province: its counties, then the zones. */
  public static List<ReportingUnit> of(String province) {
    Stream<ReportingUnit> counties =
        Regions.china().counties(province).stream()
            .map(county -> new ReportingUnit(county.code(), county.name(), county.six(), "A"));
    Stream<ReportingUnit> zones =
        Tables.read("reporting-units.csv").stream()
            .map(row -> new ReportingUnit(row[0], row[1], Integer.parseInt(row[2]), row[3]))
            .filter(zone -> zone.county() / 10_000 == Integer.parseInt(province));
    return Stream.concat(counties, zones).toList();
  }
}
