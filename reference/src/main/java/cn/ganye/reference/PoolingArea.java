package cn.ganye.reference;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * 统筹区: a fund's area. Counties, each city's own pool (市本级) and the province's (省本级); the last two
 * lie outside GB/T 2260 and are coded as the city (CCCC00) and the province (PP0000), so that sums
 * by prefix hold.
 */
public record PoolingArea(int code, String name) {
  /** The areas of a province, from its own pool down. */
  public static List<PoolingArea> of(String province) {
    Regions regions = Regions.china();
    Stream<PoolingArea> own =
        Stream.of(new PoolingArea(Integer.parseInt(province) * 10_000, "省本级"));
    Stream<PoolingArea> cities =
        regions.children(province).stream()
            .map(city -> new PoolingArea(city.six(), city.name() + "本级"));
    Stream<PoolingArea> counties =
        regions.counties(province).stream()
            .map(county -> new PoolingArea(county.six(), county.name()));
    return Stream.of(own, cities, counties).flatMap(s -> s).toList();
  }

  /** The area that a text names, by code or by name (省本级, 南昌市本级, 南昌市, 南昌县). */
  public static Optional<PoolingArea> find(String text, String province) {
    String plain = PlainForm.of(text).trim();
    List<PoolingArea> areas = of(province);
    Optional<PoolingArea> named =
        areas.stream()
            .filter(area -> area.name().equals(plain) || area.name().equals(plain + "本级"))
            .findFirst();
    if (named.isPresent()) {
      return named;
    }
    String bare = plain.endsWith("本级") ? plain.substring(0, plain.length() - 2) : plain;
    int place = Regions.china().place(bare, province);
    return areas.stream().filter(area -> area.code() == place).findFirst();
  }
}
