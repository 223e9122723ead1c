package cn.ganye.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListsTest {
  private final Regions regions = Regions.china();

  @Test
  void province_36_has_the_official_counts() {
    var counties = regions.counties("36");
    var townships = counties.stream().flatMap(c -> regions.children(c.code()).stream()).toList();
    long villages = townships.stream().mapToLong(t -> regions.children(t.code()).size()).sum();
    assertThat(regions.children("36")).hasSize(11);
    assertThat(counties).hasSize(100);
    assertThat(townships).hasSize(1767);
    assertThat(villages).isEqualTo(22080);
    assertThat(regions.provinces()).hasSize(34);
  }

  @Test
  void every_old_code_leads_to_one_in_force_unless_it_split() {
    for (RegionChange change : regions.changes()) {
      int now = regions.inForce(change.old());
      boolean split = change.split() || regions.split(change.successor());
      assertThat(now == Regions.NOT_KNOWN).as("%s", change).isEqualTo(split);
    }
    assertThat(regions.inForce(360427)).isEqualTo(360483);
    assertThat(regions.inForce(362531)).isEqualTo(361003);
    assertThat(regions.inForce(360105)).isEqualTo(Regions.NOT_KNOWN);
    assertThat(regions.split(360105)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "360121,360121",
    "360000,360000",
    "360121001,360121",
    "江西省南昌市南昌县,360121",
    "南昌县,360121",
    "广东那边,440000",
    "广东省深圳市,440300",
    "广东深圳,440300",
    "赣州市信丰县,360722",
    "信丰,360722",
    "浙江,330000",
    "火星,999999",
    "361121,361104"
  })
  void understands_places_as_people_write_them(String text, int code) {
    assertThat(regions.place(text, "36")).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "360121999,360121000000",
    "360121101000,360121101000",
    "361121999,361104000000",
    "361121001,361104001000",
    "３６０１２１,360121000000",
    "南昌县,360121000000",
    "360105101001,999999000000",
    "火星,999999000000"
  })
  void understands_the_finest_place(String text, long code) {
    assertThat(regions.finest(text, "36")).isEqualTo(code);
  }

  @Test
  void lists_have_the_official_counts() {
    assertThat(Industries.sections()).hasSize(20);
    assertThat(Industries.divisions()).hasSize(97);
    assertThat(Occupation.major()).hasSize(8);
    assertThat(Occupation.middle()).hasSize(79);
    assertThat(PersonCodes.list("ethnicity")).hasSize(56);
    assertThat(Industries.find("C3911").orElseThrow().code()).isEqualTo("39");
    assertThat(Industries.find("A39")).isEmpty();
  }

  @Test
  void pooling_areas_and_reporting_units_are_lists_of_their_own() {
    assertThat(PoolingArea.of("36")).hasSize(112);
    assertThat(PoolingArea.find("省本级", "36").orElseThrow().code()).isEqualTo(360000);
    assertThat(PoolingArea.find("南昌市本级", "36").orElseThrow().code()).isEqualTo(360100);
    assertThat(PoolingArea.find("南昌县", "36").orElseThrow().code()).isEqualTo(360121);
    assertThat(ReportingUnit.of("36")).anyMatch(unit -> unit.name().equals("赣江新区"));
    for (Tags.Tag tag : Tags.all()) {
      boolean known =
          tag.kind().equals("region")
              ? regions.find(tag.code()).isPresent()
              : Industries.find(tag.code()).isPresent();
      assertThat(known).as("%s", tag).isTrue();
    }
  }

  @Test
  void a_parameter_from_memory_is_off() {
    assertThat(
            Parameter.on(LocalDate.of(2025, 1, 1), "minimum-wage", "class-2").orElseThrow().value())
        .isEqualByComparingTo("1730");
    assertThat(Parameter.on(LocalDate.of(2020, 1, 1), "minimum-wage", "class-2")).isEmpty();
  }

  @Test
  void a_short_table_is_taken_and_marked_incomplete() throws Exception {
    TableImport table =
        TableImport.read(new StringReader("code,name\nA,农业\n01,\"农,业\"\n011,谷物\n0111,稻谷\n"));
    assertThat(table.kind()).isEqualTo("industry");
    assertThat(table.complete()).isFalse();
    assertThat(table.levels())
        .extracting(TableImport.LevelCount::found)
        .containsExactly(1, 1, 1, 1);
    assertThat(table.rows()).containsEntry("01", "农,业");
  }

  @Test
  void counts_the_levels_that_an_imported_table_names() throws Exception {
    TableImport table =
        TableImport.read(
            new StringReader(
                "level,code,name\n1,1-00-00-00,a\n2,1-01-00-00,b\n3,1-01-01-00,c\n4,1-01-01-00,c\n4,1-01-01-00,c\n"));
    assertThat(table.levels())
        .extracting(TableImport.LevelCount::found)
        .containsExactly(1, 1, 1, 1);
    assertThat(table.complete()).isFalse();
  }
}
