package cn.ganye.server.map.internal;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Kept;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Row;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.problems.Problem.Fault;
import cn.ganye.server.storage.Scope;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.MvtEncoder;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.UserDataKeyValueMapConverter;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.model.JtsLayer;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.model.JtsMvt;
import io.github.sebasbaumh.mapbox.vectortile.build.MvtLayerParams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Enterprises of an account's region where they filed to stand, as vector tiles (Mapbox Vector Tile
 * 2.1): from afar one point for those that stand together, from near each one. The size is its
 * people in the snapshot's last month.
 */
@RestController
@RequestMapping("/api/v1/map/enterprises")
class EnterpriseTilesController {
  static final String MEDIA_TYPE = "application/vnd.mapbox-vector-tile";

  /** At this zoom and nearer each enterprise is a point of its own. */
  private static final int EACH = 11;

  private static final int NEAREST = 14;
  private static final int WORLD_BITS = 24;
  private static final int EXTENT = MvtLayerParams.DEFAULT_EXTENT;
  private static final int KEPT = 1000;

  /** Points of a tile from afar stand in so many columns and rows. */
  private static final int GRID_BITS = 6;

  private final Marts marts;
  private final GeometryFactory points = new GeometryFactory();
  private final Kept<byte[]> tiles = new Kept<>(KEPT);

  EnterpriseTilesController(Marts marts) {
    this.marts = marts;
  }

  /**
   * A tile with one layer, {@code enterprises}: {@code n} enterprises, {@code headcount} (where the
   * month has come) and {@code before} (a year before, of the same), and of one alone {@code ref},
   * {@code name}, {@code industry}.
   *
   * @param z zoom, 0 to 14
   */
  @GetMapping(value = "/{z}/{x}/{y}", produces = MEDIA_TYPE)
  @Allowed
  byte[] tile(@PathVariable int z, @PathVariable int x, @PathVariable int y) {
    if (z < 0 || z > NEAREST) {
      throw Problem.invalid(new Fault("z", "应在 0 至 " + NEAREST + " 之间"));
    }
    if (x < 0 || y < 0 || x >= 1 << z || y >= 1 << z) {
      throw Problem.invalid(new Fault("x", "x、y 应在 0 至 " + ((1 << z) - 1) + " 之间"));
    }
    Account account = Current.account();
    return tiles.get(
        String.join(" ", marts.snapshot().id(), account.region(), z + "/" + x + "/" + y),
        () -> encoded(account.region(), z, x, y));
  }

  private byte[] encoded(String region, int z, int x, int y) {
    int bits = WORLD_BITS - z;
    long left = (long) x << bits;
    long top = (long) y << bits;
    int cell = z >= EACH ? 0 : bits - GRID_BITS;
    List<Geometry> shown =
        marts.inRegion(
            new Scope("", "", region),
            "SELECT COUNT(*) AS n, SUM(headcount) AS headcount,"
                + " SUM(CASE WHEN headcount IS NOT NULL THEN before END) AS before, AVG(px) AS px, AVG(py) AS py,"
                + " ANY_VALUE(ref) AS ref, ANY_VALUE(name) AS name, ANY_VALUE(industry) AS industry FROM enterprise_spot"
                + " WHERE px >= ? AND px < ? AND py >= ? AND py < ? GROUP BY "
                + (cell == 0 ? "enterprise" : "px >> " + cell + ", py >> " + cell)
                + " ORDER BY headcount DESC",
            row -> point(row, left, top, bits),
            left,
            left + (1L << bits),
            top,
            top + (1L << bits));
    return MvtEncoder.encode(
        new JtsMvt(new JtsLayer("enterprises", shown)),
        MvtLayerParams.DEFAULT,
        new UserDataKeyValueMapConverter());
  }

  private Geometry point(Row row, long left, long top, int bits) {
    Double px = row.decimalOrNull("px");
    Double py = row.decimalOrNull("py");
    double unit = (double) EXTENT / (1L << bits);
    Geometry point =
        points.createPoint(
            new Coordinate(
                Math.floor(((px == null ? 0 : px) - left) * unit),
                Math.floor(((py == null ? 0 : py) - top) * unit)));
    Map<String, Object> says = new HashMap<>();
    long n = row.number("n");
    says.put("n", n);
    if (row.numberOrNull("headcount") != null) {
      says.put("headcount", row.number("headcount"));
    }
    if (row.numberOrNull("before") != null) {
      says.put("before", row.number("before"));
    }
    if (n == 1) {
      says.put("ref", row.text("ref"));
      says.put("name", row.text("name"));
      says.put("industry", row.text("industry"));
    }
    point.setUserData(says);
    return point;
  }
}
