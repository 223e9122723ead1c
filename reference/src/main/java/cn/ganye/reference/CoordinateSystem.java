package cn.ganye.reference;

import java.util.Arrays;
import java.util.Optional;

/** The systems in which offices give coordinates. */
public enum CoordinateSystem {
  /** China Geodetic Coordinate System 2000: what approved maps are in. */
  CGCS2000("EPSG:4490"),
  /** Of satellites; on a map of counties the same as CGCS2000. */
  WGS84("EPSG:4326"),
  /** Of commercial web maps: some hundred metres aside, by a function of the place. */
  GCJ02("GCJ-02");

  private static final double SEMI_MAJOR = 6_378_245.0;
  private static final double ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;
  private static final int STEPS_BACK = 6;

  private final String word;

  CoordinateSystem(String word) {
    this.word = word;
  }

  /** As it is written in files. */
  public String word() {
    return word;
  }

  /** The system that a file names, as {@code EPSG:4490} or {@code urn:ogc:def:crs:EPSG::4490}. */
  public static Optional<CoordinateSystem> of(String text) {
    String plain = text.replace("urn:ogc:def:crs:", "").replace("::", ":");
    return Arrays.stream(values())
        .filter(s -> s.word.equalsIgnoreCase(plain) || s.name().equalsIgnoreCase(plain))
        .findFirst()
        .or(() -> plain.equalsIgnoreCase("OGC:1.3:CRS84") ? Optional.of(WGS84) : Optional.empty());
  }

  /**
   * A point of this system in CGCS2000.
   *
   * @param longitude degrees
   * @param latitude degrees
   * @return longitude and latitude, degrees; to some centimetres
   */
  public double[] toCgcs2000(double longitude, double latitude) {
    if (this != GCJ02) {
      return new double[] {longitude, latitude};
    }
    double x = longitude;
    double y = latitude;
    for (int step = 0; step < STEPS_BACK; step++) {
      double[] aside = aside(x, y);
      x = longitude - aside[0];
      y = latitude - aside[1];
    }
    return new double[] {x, y};
  }

  /**
   * How far GCJ-02 lies beside a point, degrees east and north. The function is not published by an
   * office; it is the one that open implementations agree on (eviltransform, coordtransform).
   */
  static double[] aside(double longitude, double latitude) {
    double x = longitude - 105;
    double y = latitude - 35;
    double waves = wave(20, 6 * Math.PI * x) + wave(20, 2 * Math.PI * x);
    double north =
        -100
            + 2 * x
            + 3 * y
            + 0.2 * y * y
            + 0.1 * x * y
            + 0.2 * Math.sqrt(Math.abs(x))
            + waves
            + wave(20, Math.PI * y)
            + wave(40, Math.PI * y / 3)
            + wave(160, Math.PI * y / 12)
            + wave(320, Math.PI * y / 30);
    double east =
        300
            + x
            + 2 * y
            + 0.1 * x * x
            + 0.1 * x * y
            + 0.1 * Math.sqrt(Math.abs(x))
            + waves
            + wave(20, Math.PI * x)
            + wave(40, Math.PI * x / 3)
            + wave(150, Math.PI * x / 12)
            + wave(300, Math.PI * x / 30);
    double sine = Math.sin(Math.toRadians(latitude));
    double magic = 1 - ECCENTRICITY_SQUARED * sine * sine;
    double meridian = SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED) / (magic * Math.sqrt(magic));
    double parallel = SEMI_MAJOR / Math.sqrt(magic) * Math.cos(Math.toRadians(latitude));
    return new double[] {Math.toDegrees(east / parallel), Math.toDegrees(north / meridian)};
  }

  private static double wave(double height, double phase) {
    return height * Math.sin(phase) * 2 / 3;
  }
}
