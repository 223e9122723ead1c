package cn.ganye.reference;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All regions in force, and the way from codes and names that people write to them. Loaded once
 * from {@code regions.csv}, which the build makes, and {@code region-changes.csv}.
 */
public final class Regions {
  /** Not applicable: not insured, not employed. */
  public static final int NOT_APPLICABLE = 0;

  /** Not known. */
  public static final int NOT_KNOWN = 999_999;

  private static final List<String> SUFFIXES =
      List.of("维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "地区", "省", "市", "县", "区");

  private static final class Holder {
    static final Regions CHINA = new Regions();
  }

  private final Map<String, Region> byCode = new LinkedHashMap<>();
  private final Map<String, List<Region>> children = new HashMap<>();
  private final Map<Integer, RegionChange> changes = new LinkedHashMap<>();
  private final Map<String, List<Region>> countiesByName = new HashMap<>();
  private final List<Region> provinces = new ArrayList<>();

  private Regions() {
    for (String[] row : Tables.read("regions.csv")) {
      Region region =
          new Region(row[0], row[1], Region.Level.values()[Integer.parseInt(row[2]) - 1]);
      byCode.put(region.code(), region);
      switch (region.level()) {
        case PROVINCE -> provinces.add(region);
        case CITY -> add(children, region.code().substring(0, 2), region);
        case COUNTY -> {
          add(children, region.code().substring(0, 4), region);
          add(countiesByName, region.name(), region);
        }
        case TOWNSHIP -> add(children, region.code().substring(0, 6), region);
        case VILLAGE -> add(children, region.code().substring(0, 9), region);
      }
    }
    for (String[] row : Tables.read("region-changes.csv")) {
      RegionChange change =
          new RegionChange(
              Integer.parseInt(row[0]),
              Integer.parseInt(row[1]),
              YearMonth.parse(row[2]),
              row[3].equals("split"),
              row[4],
              row[5]);
      changes.put(change.old(), change);
    }
  }

  private static void add(Map<String, List<Region>> map, String key, Region region) {
    map.computeIfAbsent(key, k -> new ArrayList<>()).add(region);
  }

  /** The one list. */
  public static Regions china() {
    return Holder.CHINA;
  }

  /**
   * The region of a code of 2, 4, 6, 9 or 12 digits; trailing zeros (360000, 360100) are
   * understood.
   */
  public Optional<Region> find(String code) {
    String digits = code;
    if (digits.length() == 12 && digits.endsWith("000")) {
      digits = digits.substring(0, 9);
    }
    if (digits.length() == 9 && digits.endsWith("000")) {
      digits = digits.substring(0, 6);
    }
    Region exact = byCode.get(digits);
    if (exact == null && digits.length() == 6 && digits.endsWith("00")) {
      exact = byCode.get(digits.endsWith("0000") ? digits.substring(0, 2) : digits.substring(0, 4));
    }
    return Optional.ofNullable(exact);
  }

  /** Regions directly below a code, in code order; of a province, its cities. */
  public List<Region> children(String code) {
    return Collections.unmodifiableList(children.getOrDefault(code, List.of()));
  }

  /** All provinces, in code order. */
  public List<Region> provinces() {
    return Collections.unmodifiableList(provinces);
  }

  /** Counties of a province, in code order. */
  public List<Region> counties(String province) {
    return children(province).stream().flatMap(city -> children(city.code()).stream()).toList();
  }

  /** Codes no longer in force, with what became of them. */
  public List<RegionChange> changes() {
    return List.copyOf(changes.values());
  }

  /**
   * The county in force for a six-digit county code, followed through all its changes. A code that
   * split is {@link #NOT_KNOWN}, since the code alone places nobody; so is a code that never was.
   * Province and city codes stay.
   */
  public int inForce(int six) {
    int code = six;
    for (int step = 0; step < 8; step++) {
      RegionChange change = changes.get(code);
      if (change == null) {
        return find(sixDigits(code)).isPresent() ? code : NOT_KNOWN;
      }
      if (change.split()) {
        return NOT_KNOWN;
      }
      code = change.successor();
    }
    throw new IllegalStateException("region-changes.csv runs in a circle at " + six);
  }

  /** Whether a six-digit code split, so that it places nobody. */
  public boolean split(int six) {
    RegionChange change = changes.get(six);
    return change != null && change.split();
  }

  /**
   * The place that a text names: a code, or a name as people write it, from 江西省南昌市南昌县 to 广东那边. A
   * county where the text says so, else the city (six digits, ending in 00), else the province
   * (ending in 0000); {@link #NOT_KNOWN} if none.
   *
   * @param home province in which a bare county or city name is looked for first, two digits
   */
  public int place(String text, String home) {
    String plain = PlainForm.of(text).replace(" ", "");
    if (!plain.isEmpty() && isNumber(plain)) {
      return code(plain);
    }
    for (Region province : provinces) {
      String rest = after(plain, province.name());
      if (rest != null) {
        return within(province, rest);
      }
    }
    Region homeProvince = byCode.get(home);
    int local = homeProvince == null ? NOT_KNOWN : within(homeProvince, plain);
    if (local % 10_000 != 0 && local != NOT_KNOWN) {
      return local;
    }
    List<Region> named = countiesByName.getOrDefault(plain, List.of());
    if (named.size() == 1) {
      return named.getFirst().six();
    }
    for (Region province : provinces) {
      for (Region city : children(province.code())) {
        if (city.name().length() > 2 && after(plain, city.name()) != null) {
          return within(province, plain);
        }
      }
    }
    return NOT_KNOWN;
  }

  /**
   * The finest place that a text names, as twelve digits: a village where a code of twelve digits
   * says so, else the township, else the county or what {@link #place} finds, each followed by
   * zeros. A township that its county's list does not have counts as the county.
   */
  public long finest(String text, String home) {
    int county = place(text, home);
    String digits = PlainForm.of(text).replace(" ", "");
    boolean finer = (digits.length() == 9 || digits.length() == 12) && isNumber(digits);
    for (int length = digits.length(); finer && length > 6; length -= 3) {
      Region place = byCode.get(sixDigits(county) + digits.substring(6, length));
      if (place != null) {
        return Long.parseLong(place.code()) * (length == 12 ? 1 : 1_000);
      }
    }
    return county * 1_000_000L;
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static String sixDigits(int code) {
    return Integer.toString(1_000_000 + code).substring(1);
  }

  private int code(String digits) {
    return switch (digits.length()) {
      case 2, 4 -> find(digits).map(Region::six).orElse(NOT_KNOWN);
      case 6 -> inForce(Integer.parseInt(digits));
      case 9, 12 -> inForce(Integer.parseInt(digits, 0, 6, 10));
      default -> NOT_KNOWN;
    };
  }

  /** The finest place below a province that the rest of a text begins with. */
  private int within(Region province, String rest) {
    String text = rest;
    Region city = null;
    boolean bareCounty = beginsWithCounty(province, rest);
    for (Region candidate : children(province.code())) {
      String tail =
          text.startsWith(candidate.name()) || !bareCounty ? after(text, candidate.name()) : null;
      if (tail != null && candidate.name().length() > 2) {
        city = candidate;
        text = tail;
        break;
      }
    }
    List<Region> cities = city == null ? children(province.code()) : List.of(city);
    for (Region candidate : cities) {
      for (Region county : children(candidate.code())) {
        if (text.startsWith(county.name())
            || (text.length() >= 2 && text.equals(shortName(county.name())))) {
          return county.six();
        }
      }
    }
    return city == null ? province.six() : city.six();
  }

  private boolean beginsWithCounty(Region province, String text) {
    for (Region city : children(province.code())) {
      for (Region county : children(city.code())) {
        if (text.startsWith(county.name())) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * What follows a region's full or short name at the start of a text; null if it does not start
   * so.
   */
  private static @Nullable String after(String text, String name) {
    if (text.startsWith(name)) {
      return text.substring(name.length());
    }
    String brief = shortName(name);
    if (brief.length() < 2 || !text.startsWith(brief)) {
      return null;
    }
    String tail = text.substring(brief.length());
    return tail.startsWith("省") || tail.startsWith("市") ? tail.substring(1) : tail;
  }

  private static String shortName(String name) {
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix) && name.length() > suffix.length() + 1) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    return name;
  }
}
