package cn.ganye.server.analysis.internal;

import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.problems.Nearest;
import java.util.List;

/** Figures go down to the county: who belongs to a township sees those of its county. */
public final class FiguresScope {
  /** The province whose system this is. */
  public static final String HOME = "36";

  private static final int COUNTY = 6;

  private FiguresScope() {}

  /** The region whose figures stand for a region's. */
  public static String of(String region) {
    return region.substring(0, Math.min(COUNTY, region.length()));
  }

  /** What to say of a code that is no region's, with one of the account's own that is near. */
  static String unknown(String code, String own) {
    List<String> counties =
        Regions.china().counties(HOME).stream()
            .map(Region::code)
            .filter(c -> c.startsWith(own))
            .toList();
    return Nearest.to(code, counties)
        .flatMap(Regions.china()::find)
        .map(near -> "没有这个区划代码，是否指 " + near.code() + " " + near.name())
        .orElse("没有这个区划代码；应为 2、4、6、9 或 12 位数字");
  }
}
