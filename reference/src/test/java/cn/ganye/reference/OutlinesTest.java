package cn.ganye.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class OutlinesTest {
  private static final String SQUARE =
      "[[[115,28],[116,28],[116,29],[115,29],[115,28]],[[115.1,28.1],[115.2,28.1],[115.2,28.2],[115.1,28.1]]]";

  private static Outlines read(String text, @Nullable CoordinateSystem system) throws IOException {
    return Outlines.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), system, null, null);
  }

  private static String file(String crs, String code, String type, String coordinates) {
    return "{\"type\":\"FeatureCollection\","
        + crs
        + "\"features\":[{\"type\":\"Feature\",\"properties\":{"
        + code
        + "},\"geometry\":{\"type\":\""
        + type
        + "\",\"coordinates\":"
        + coordinates
        + "}}]}";
  }

  @Test
  void built_in_outlines_are_those_of_the_province_its_cities_and_counties() {
    Outlines outlines = Outlines.builtIn();
    assertThat(outlines.missing("36")).isEmpty();
    assertThat(outlines.codes()).hasSize(112).contains("36", "3607", "360722");
    assertThat(outlines.origin().system()).isEqualTo(CoordinateSystem.CGCS2000);
    assertThat(outlines.origin().approval()).isNull();
    // 信丰县's seat is at 115.00 E, 25.38 N; 南昌 lies north of 赣州.
    double[] xinfeng = outlines.centres().get("360722");
    assertThat(xinfeng[0]).isCloseTo(115.0, within(0.2));
    assertThat(xinfeng[1]).isCloseTo(25.35, within(0.2));
    assertThat(outlines.centres().get("3601")[1]).isGreaterThan(outlines.centres().get("3607")[1]);
  }

  @Test
  void each_province_has_a_point_of_its_own() {
    var centres = Outlines.provinceCentres();
    assertThat(centres).hasSize(34).containsKeys("36", "44", "71");
    // Guangdong lies south of Jiangxi, Zhejiang east of it.
    assertThat(centres.get("44")[1]).isLessThan(centres.get("36")[1]);
    assertThat(centres.get("33")[0]).isGreaterThan(centres.get("36")[0]);
  }

  @Test
  void what_is_read_is_written_and_read_again() throws IOException {
    Outlines outlines = Outlines.builtIn();
    Outlines again = read(outlines.geoJson(), null);
    assertThat(again.geoJson()).isEqualTo(outlines.geoJson());
  }

  /**
   * Pairs of the test of eviltransform (googollee), to the centimetres that implementations vary.
   */
  @ParameterizedTest
  @CsvSource({
    "31.1774276, 121.5272106, 31.17530398364597, 121.531541859215",
    "22.543847, 113.912316, 22.540796131694766, 113.9171764808363",
    "39.911954, 116.377817, 39.91334545536069, 116.38404722455657"
  })
  void web_map_coordinates_come_back_to_where_the_place_is(
      double latitude, double longitude, double webLatitude, double webLongitude) {
    double[] back = CoordinateSystem.GCJ02.toCgcs2000(webLongitude, webLatitude);
    assertThat(back[0]).isCloseTo(longitude, within(1e-6));
    assertThat(back[1]).isCloseTo(latitude, within(1e-6));
  }

  @Test
  void an_import_says_its_system_and_is_kept_in_cgcs2000() throws IOException {
    String text = file("", "\"adcode\":360722", "Polygon", SQUARE);
    JsonNode kept =
        new ObjectMapper().readTree(read(text, CoordinateSystem.GCJ02).geoJson()).path("features");
    JsonNode corner = kept.path(0).path("geometry").path("coordinates").path(0).path(0);
    assertThat(kept.path(0).path("properties").path("name").asString()).isEqualTo("信丰县");
    assertThat(corner.path(0).asDouble()).isCloseTo(114.995, within(0.002));
    assertThat(corner.path(1).asDouble()).isCloseTo(28.003, within(0.002));
    assertThat(read(text, CoordinateSystem.WGS84).missing("36")).hasSize(99);
  }

  @Test
  void codes_may_be_written_in_three_ways() throws IOException {
    String crs = "\"crs\":{\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4490\"}},";
    for (String code :
        new String[] {"\"code\":\"3607\"", "\"gb\":\"156360700\"", "\"adcode\":360700"}) {
      assertThat(read(file(crs, code, "Polygon", SQUARE), null).codes()).containsExactly("3607");
    }
    assertThat(read(file(crs, "\"code\":\"999999\"", "Polygon", SQUARE), null).codes()).isEmpty();
  }

  @Test
  void a_file_that_cannot_be_understood_says_why() {
    assertThatThrownBy(() -> read("nothing", null)).hasMessageContaining("not JSON");
    assertThatThrownBy(() -> read("{}", null)).hasMessageContaining("FeatureCollection");
    assertThatThrownBy(() -> read(file("", "\"code\":\"3607\"", "Polygon", SQUARE), null))
        .hasMessageContaining("coordinate system");
    assertThatThrownBy(
            () ->
                read(file("", "\"code\":\"3607\"", "Point", "[115,28]"), CoordinateSystem.CGCS2000))
        .hasMessageContaining("feature 1 (3607) is a Point");
    assertThatThrownBy(
            () ->
                read(
                    file("", "\"code\":\"3607\"", "Polygon", "[[[500000,3100000]]]"),
                    CoordinateSystem.CGCS2000))
        .hasMessageContaining("not in degrees");
  }
}
