package cn.ganye.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Outlines of regions, in CGCS2000: the built-in ones, which no office has approved for
 * publication, or those that a province brings.
 */
public final class Outlines {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By which property files tell the region, most usual first. */
  private static final List<String> CODE = List.of("code", "adcode", "gb", "行政区划代码", "XZQDM");

  /**
   * Where outlines come from.
   *
   * @param system the coordinate system of the file that they were read from
   * @param approval the number of the map's approval (审图号); null if it has none
   */
  public record Origin(CoordinateSystem system, String source, @Nullable String approval) {}

  private final Origin origin;
  private final SortedMap<String, JsonNode> geometries;

  private Outlines(Origin origin, SortedMap<String, JsonNode> geometries) {
    this.origin = origin;
    this.geometries = geometries;
  }

  /** Those that the build fetches: province, 11 cities, 100 counties. */
  public static Outlines builtIn() {
    try (InputStream in =
        Objects.requireNonNull(Outlines.class.getResourceAsStream("outlines.geojson"))) {
      return read(in, null, null, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a GeoJSON file of polygons, each with the code of its region.
   *
   * @param system of its coordinates; null: as the file says
   * @param source null: as the file says
   * @param approval null: as the file says
   * @throws IllegalArgumentException with what is wrong and where
   */
  public static Outlines read(
      InputStream in,
      @Nullable CoordinateSystem system,
      @Nullable String source,
      @Nullable String approval)
      throws IOException {
    JsonNode file;
    try {
      file = JSON.readTree(in);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    if (!file.path("features").isArray()) {
      throw new IllegalArgumentException("not a GeoJSON FeatureCollection");
    }
    String named = file.path("crs").path("properties").path("name").asString("");
    CoordinateSystem from =
        system != null
            ? system
            : CoordinateSystem.of(named)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            named.isEmpty()
                                ? "the file does not say its coordinate system"
                                : "the file's coordinate system is not known: " + named));
    SortedMap<String, JsonNode> geometries = new TreeMap<>();
    int at = 0;
    for (JsonNode feature : file.path("features")) {
      at++;
      String code = code(feature.path("properties"));
      if (Regions.china().find(code).isEmpty()) {
        continue; // a line of the border, or a place outside the list
      }
      JsonNode geometry = feature.path("geometry");
      String type = geometry.path("type").asString("");
      if (!type.equals("Polygon") && !type.equals("MultiPolygon")) {
        throw new IllegalArgumentException(
            "feature " + at + " (" + code + ") is a " + type + ", not a polygon");
      }
      ObjectNode kept = JSON.createObjectNode();
      kept.put("type", type);
      kept.set("coordinates", converted(geometry.path("coordinates"), from, code));
      geometries.put(code, kept);
    }
    return new Outlines(
        new Origin(
            from,
            source != null ? source : file.path("source").asString(""),
            approval != null ? approval : file.path("approval").asString(null)),
        geometries);
  }

  /** Codes without trailing zeros, as {@link Regions} has them. */
  private static String code(JsonNode properties) {
    for (String name : CODE) {
      String code = properties.path(name).asString("");
      if (!code.isEmpty()) {
        String plain = code.length() == 9 && code.startsWith("156") ? code.substring(3) : code;
        return plain.length() != 6
            ? plain
            : plain.endsWith("0000")
                ? plain.substring(0, 2)
                : plain.endsWith("00") ? plain.substring(0, 4) : plain;
      }
    }
    return "";
  }

  private static JsonNode converted(JsonNode coordinates, CoordinateSystem from, String code) {
    ArrayNode kept = JSON.createArrayNode();
    if (coordinates.path(0).isNumber()) {
      double longitude = coordinates.path(0).asDouble();
      double latitude = coordinates.path(1).asDouble(Double.NaN);
      if (!(Math.abs(longitude) <= 180) || !(Math.abs(latitude) <= 90)) {
        throw new IllegalArgumentException(
            "the outline of " + code + " is not in degrees: " + coordinates);
      }
      for (double degrees : from.toCgcs2000(longitude, latitude)) {
        kept.add(Math.round(degrees * 1e5) / 1e5);
      }
    } else {
      coordinates.forEach(part -> kept.add(converted(part, from, code)));
    }
    return kept;
  }

  /** A point within each province of the country: longitude and latitude by code, degrees. */
  public static SortedMap<String, double[]> provinceCentres() {
    SortedMap<String, double[]> centres = new TreeMap<>();
    for (String[] row : Tables.read("province-centres.csv")) {
      centres.put(row[0], new double[] {Double.parseDouble(row[1]), Double.parseDouble(row[2])});
    }
    return centres;
  }

  /** Where they come from. */
  public Origin origin() {
    return origin;
  }

  /** The regions that have one. */
  public List<String> codes() {
    return List.copyOf(geometries.keySet());
  }

  /** Counties of a province that have none. */
  public List<String> missing(String province) {
    return Regions.china().counties(province).stream()
        .map(Region::code)
        .filter(code -> !geometries.containsKey(code))
        .toList();
  }

  /**
   * A point well within a region for a sign or a count: the centroid of its largest ring.
   *
   * @return longitude and latitude by code, degrees
   */
  public SortedMap<String, double[]> centres() {
    SortedMap<String, double[]> centres = new TreeMap<>();
    geometries.forEach((code, geometry) -> centres.put(code, centre(geometry)));
    return centres;
  }

  private static double[] centre(JsonNode geometry) {
    JsonNode polygons = geometry.path("coordinates");
    boolean one = geometry.path("type").asString("").equals("Polygon");
    double[] best = {0, 0, 0};
    for (JsonNode ring :
        one
            ? List.of(polygons.path(0))
            : polygons.valueStream().map(polygon -> polygon.path(0)).toList()) {
      double[] centroid = centroid(ring);
      if (centroid[2] > best[2]) {
        best = centroid;
      }
    }
    return new double[] {best[0], best[1]};
  }

  /** Centroid of a ring and its area, in degrees. */
  private static double[] centroid(JsonNode ring) {
    double area = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i + 1 < ring.size(); i++) {
      double x0 = ring.path(i).path(0).asDouble();
      double y0 = ring.path(i).path(1).asDouble();
      double x1 = ring.path(i + 1).path(0).asDouble();
      double y1 = ring.path(i + 1).path(1).asDouble();
      double cross = x0 * y1 - x1 * y0;
      area += cross;
      x += (x0 + x1) * cross;
      y += (y0 + y1) * cross;
    }
    return area == 0
        ? new double[] {0, 0, 0}
        : new double[] {x / (3 * area), y / (3 * area), Math.abs(area) / 2};
  }

  /**
   * As GeoJSON: a feature for each region, its code also as a number in {@code id}, its name in
   * {@code properties}; the coordinates' system, source and approval beside them.
   */
  public String geoJson() {
    ObjectNode file = JSON.createObjectNode();
    file.put("type", "FeatureCollection");
    file.putObject("crs")
        .put("type", "name")
        .putObject("properties")
        .put("name", CoordinateSystem.CGCS2000.word());
    file.put("readFrom", origin.system().word());
    file.put("source", origin.source());
    file.put("approval", origin.approval());
    ArrayNode features = file.putArray("features");
    for (Map.Entry<String, JsonNode> geometry : geometries.entrySet()) {
      ObjectNode feature = features.addObject();
      feature.put("type", "Feature");
      feature.put("id", Integer.parseInt(geometry.getKey()));
      feature
          .putObject("properties")
          .put("code", geometry.getKey())
          .put("name", Regions.china().find(geometry.getKey()).map(Region::name).orElse(""));
      feature.set("geometry", geometry.getValue());
    }
    return JSON.writeValueAsString(file);
  }
}
