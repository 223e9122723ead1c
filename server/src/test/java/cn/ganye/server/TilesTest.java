package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.server.TestApp.Visitor;
import cn.ganye.server.access.Role;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.MvtReader;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.TagKeyValueMapConverter;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.GeometryFactory;

/** Enterprises as vector tiles: all of them at each zoom, and none of another region. */
class TilesTest {
  private static final String TILES = "/api/v1/map/enterprises/";

  private static List<Map<String, Object>> features(Visitor who, String tile) throws Exception {
    var read =
        MvtReader.loadMvt(
            new ByteArrayInputStream(who.bytes(TILES + tile)),
            new GeometryFactory(),
            new TagKeyValueMapConverter());
    List<Map<String, Object>> found = new ArrayList<>();
    read.getLayers()
        .forEach(
            layer ->
                layer
                    .getGeometries()
                    .forEach(
                        point -> {
                          @SuppressWarnings("unchecked")
                          Map<String, Object> says = (Map<String, Object>) point.getUserData();
                          assertThat(point.getCoordinate().x).isBetween(0.0, 4095.0);
                          assertThat(point.getCoordinate().y).isBetween(0.0, 4095.0);
                          found.add(says);
                        }));
    return found;
  }

  private static long enterprises(List<Map<String, Object>> features) {
    return features.stream().mapToLong(f -> ((Number) f.get("n")).longValue()).sum();
  }

  /** The city of the late sender: no headcount, and no year before to make it look like a fall. */
  @Test
  void a_month_that_has_not_come_is_no_fall() throws Exception {
    List<Map<String, Object>> late = features(app().signedInWithin(Role.CITY, "3610"), "0/0/0");
    assertThat(late).isNotEmpty();
    assertThat(late).allMatch(f -> !f.containsKey("headcount") && !f.containsKey("before"));
  }

  /** Jiangxi lies in four tiles of zoom 6 at most; nearer tiles hold the same enterprises. */
  @Test
  void every_zoom_has_every_enterprise() throws Exception {
    Visitor province = app().signedIn("province");
    long whole = enterprises(features(province, "0/0/0"));
    assertThat(whole).isPositive();
    for (int z : List.of(6, 11)) {
      long sum = 0;
      Set<Object> refs = new HashSet<>();
      int[] corner = tile(113.5, 30.1, z);
      int[] other = tile(118.6, 24.4, z);
      for (int x = corner[0]; x <= other[0]; x++) {
        for (int y = corner[1]; y <= other[1]; y++) {
          List<Map<String, Object>> features = features(province, z + "/" + x + "/" + y);
          sum += enterprises(features);
          features.forEach(f -> refs.add(f.get("ref")));
        }
      }
      assertThat(sum).as("zoom " + z).isEqualTo(whole);
      if (z == 11) {
        assertThat(refs).hasSize((int) whole).doesNotContainNull();
      }
    }
  }

  private static int[] tile(double longitude, double latitude, int z) {
    double y = Math.toRadians(latitude);
    return new int[] {
      (int) Math.floor((longitude + 180) / 360 * (1 << z)),
      (int) Math.floor((1 - Math.log(Math.tan(y) + 1 / Math.cos(y)) / Math.PI) / 2 * (1 << z))
    };
  }

  @Test
  void a_county_has_its_own_alone_and_analysts_none() throws Exception {
    long province = enterprises(features(app().signedIn("province"), "0/0/0"));
    long city = enterprises(features(app().signedIn("ganzhou"), "0/0/0"));
    long county = enterprises(features(app().signedIn("xinfeng"), "0/0/0"));
    assertThat(county).isPositive().isLessThan(city);
    assertThat(city).isLessThan(province);
    assertThat(app().signedIn("analyst").get(TILES + "0/0/0").code()).isEqualTo("not-allowed");
    assertThat(app().signedIn("province").get(TILES + "15/0/0").code())
        .isEqualTo("invalid-request");
    assertThat(app().signedIn("province").get(TILES + "2/4/0").code()).isEqualTo("invalid-request");
  }

  private static TestApp app() throws Exception {
    return TestApp.running();
  }
}
