package cn.ganye.synth;

import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In which village or neighbourhood of a county at home a household lives: each is as likely. */
final class Villages {
  private static final int SPREAD = 0x9E3779B1;

  private static final Map<Integer, List<Region>> BY_COUNTY = byCounty();

  private Villages() {}

  private static Map<Integer, List<Region>> byCounty() {
    Map<Integer, List<Region>> villages = new HashMap<>();
    for (Region county : Regions.china().counties("36")) {
      villages.put(
          county.six(),
          Regions.china().children(county.code()).stream()
              .flatMap(township -> Regions.china().children(township.code()).stream())
              .toList());
    }
    return villages;
  }

  /** Twelve digits; of a county elsewhere its own six. */
  static long of(Life life, int county) {
    List<Region> villages = BY_COUNTY.getOrDefault(county, List.of());
    if (villages.isEmpty()) {
      return county;
    }
    int spread = (life.city * 7_919 + Households.of(life.index)) * SPREAD >>> 8;
    return Long.parseLong(villages.get(spread % villages.size()).code());
  }
}
