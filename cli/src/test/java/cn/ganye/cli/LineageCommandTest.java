package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.cli.CommandsTest.Ran;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Behind a figure stand the loads whose records it follows from. */
class LineageCommandTest {
  @TempDir static Path folder;
  private static String pool = "";

  @BeforeAll
  static void build() {
    Path in = folder.resolve("in");
    pool = folder.resolve("pool").toString();
    assertThat(
            CommandsTest.run(
                    "synth",
                    "--people",
                    "2500",
                    "--months",
                    "12",
                    "--seed",
                    "7",
                    "--out",
                    in.toString())
                .status())
        .isZero();
    assertThat(ganye("build", "--in", in.toString()).status()).isZero();
  }

  private static Ran ganye(String... arguments) {
    return CommandsTest.run(
        Stream.concat(
                Stream.concat(Stream.of("pool"), Stream.of(arguments)), Stream.of("--pool", pool))
            .toArray(String[]::new));
  }

  private static JsonNode lineage(String mart, String cell) {
    Ran ran = ganye("lineage", mart, "--cell", cell, "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    return JsonMapper.shared().readTree(ran.out());
  }

  private static List<String> query(String sql) {
    return ganye("query", sql).out().lines().skip(1).toList();
  }

  private static List<Integer> loads(JsonNode report) {
    List<Integer> loads = new ArrayList<>();
    report.path("loads").forEach(load -> loads.add(load.path("load").asInt()));
    return loads;
  }

  /** Of marts of people: as many stand behind the cells as they count. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "stock:month=202306,region_by=residence,region=360722",
        "stock:month=202306,region_by=work,status=EMPLOYED,industry=C",
        "stock:month=202309,region_by=hukou,status=UNEMPLOYED",
        "stock:month=202312,region_by=insured,basis=formal,sex=2",
        "stock:month=202303,region_by=residence,age_group=35,education=70",
        "group_stock:month=202306,region_by=residence,key_group=rural-labour",
        "od:month=202306,kind=hukou-work,to_region=440000",
        "township_stock:region_by=hukou,status=EMPLOYED",
        "registered_unemployment:month=202306,calendar=calendar,measure=stock",
        "new_urban_employment:month=202306,calendar=calendar,verdict=counted"
      })
  void as_many_people_stand_behind_cells_as_they_count(String asked) {
    String mart = asked.substring(0, asked.indexOf(':'));
    String cell = asked.substring(asked.indexOf(':') + 1);
    String where =
        Stream.of(cell.split(","))
            .map(part -> "CAST(" + part.replaceFirst("=", " AS VARCHAR) = '") + "'")
            .reduce((a, b) -> a + " AND " + b)
            .orElseThrow();
    long counted =
        Long.parseLong(query("SELECT SUM(people) FROM " + mart + " WHERE " + where).getFirst());
    JsonNode report = lineage(mart, cell);
    assertThat(report.path("people").asLong()).isEqualTo(counted).isPositive();
    assertThat(loads(report)).isNotEmpty();
  }

  /** Figures of one city do not move when loads go that do not stand behind them. */
  @Test
  void what_does_not_stand_behind_a_figure_may_go() {
    String cells = "month=202306,region_by=work,region=360722,status=EMPLOYED";
    String sql =
        "SELECT industry, sex, age_group, SUM(people) FROM stock WHERE month = 202306 AND region_by = 'work'"
            + " AND region = '360722' AND status = 'EMPLOYED' GROUP BY ALL ORDER BY ALL";
    JsonNode report = lineage("stock", cells);
    List<Integer> behind = loads(report);
    assertThat(report.path("datasets").toString()).contains("contribution", "resident");
    List<String> others =
        query(
                "SELECT load FROM intake WHERE dataset IN ('contribution', 'unemployment-registration', 'rural-labour')"
                    + " AND accepted > 0 AND file LIKE '%_3601%' ORDER BY load")
            .stream()
            .filter(load -> !behind.contains(Integer.valueOf(load)))
            .limit(30)
            .toList();
    assertThat(others).hasSizeGreaterThan(10);
    List<String> before = query(sql);
    assertThat(before).isNotEmpty();
    String kept = query("SELECT COUNT(*) FROM intake").getFirst();
    assertThat(
            ganye(Stream.concat(Stream.of("undo"), others.stream()).toArray(String[]::new))
                .status())
        .isZero();
    assertThat(query("SELECT COUNT(*) FROM intake").getFirst()).isNotEqualTo(kept);
    assertThat(query(sql)).isEqualTo(before);
    Path in = folder.resolve("in");
    assertThat(ganye("build", "--in", in.toString()).status()).isZero();
  }

  @Test
  void what_is_not_there_is_said() {
    assertThat(ganye("lineage", "stok").err()).contains("mart-unknown");
    assertThat(ganye("lineage", "stock", "--cell", "mnth=1").err()).contains("its columns: month");
    assertThat(ganye("lineage", "stock", "--cell", "month=209912").err()).contains("cell-unknown");
    assertThat(ganye("lineage", "stock", "--cell", "month").status()).isEqualTo(2);
    assertThat(ganye("lineage", "stock").out()).contains("status_spell", "resident_");
  }
}
