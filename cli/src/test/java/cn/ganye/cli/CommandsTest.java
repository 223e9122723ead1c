package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir Path folder;

  record Ran(int status, String out, String err) {}

  static Ran run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int status = Main.run(arguments);
      return new Ran(
          status,
          said.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void checks_identifiers_and_gives_values_as_they_were() throws Exception {
    Path file = folder.resolve("ids.csv");
    Files.writeString(
        file,
        "\uFEFFtype,value\nid,11010519491231002x\nuscc,91350100M000100Y43\nid,123\nid,\nfoo,1\nid,110105491231002\n");
    Ran ran = run("id", "check", file.toString());
    assertThat(ran.out())
        .isEqualTo(
            "value,type,valid,reason\n11010519491231002x,id,true,\n91350100M000100Y43,uscc,true,\n123,id,false,length\n,id,false,empty\n1,foo,false,type\n110105491231002,id,true,\n");
    assertThat(ran.status()).isZero();
  }

  @Test
  void says_what_is_wrong_where_and_what_to_do_next() {
    Ran missing =
        run(
            "pool",
            "build",
            "--in",
            folder.resolve("nowhere").toString(),
            "--pool",
            folder.resolve("p").toString());
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err())
        .contains("nowhere")
        .contains("[folder-missing]")
        .contains("next:")
        .doesNotContain("\tat ");
    assertThat(run("pool", "status", "--pool", folder.resolve("p").toString()).status())
        .isEqualTo(2);
    assertThat(run("nonsense").status()).isEqualTo(2);
    assertThat(run("synth", "--people", "0", "--months", "1", "--out", folder.toString()).status())
        .isEqualTo(2);
    assertThat(run("help").status()).isZero();
  }

  /** A province goes all the way, and what comes out agrees with its answer key. */
  @Test
  void the_pool_agrees_with_the_answer_key_of_a_synthetic_province() throws Exception {
    Path data = folder.resolve("data");
    Path pool = folder.resolve("pool");
    assertThat(
            run("synth", "--people", "6000", "--months", "14", "--out", data.toString()).status())
        .isZero();
    Ran built =
        run(
            "pool",
            "build",
            "--in",
            data.toString(),
            "--pool",
            pool.toString(),
            "--json",
            "--strict");
    assertThat(built.status()).as(built.err()).isZero();
    assertThat(built.out()).contains("\"files_refused\":0");
    Ran sums =
        run(
            "pool",
            "query",
            "SELECT SUM(records) - SUM(accepted) - SUM(quarantined) - SUM(duplicates) - SUM(superseded) AS lost FROM intake",
            "--pool",
            pool.toString());
    assertThat(sums.out()).isEqualTo("lost\n0\n");
    Ran threads =
        run(
            "pool",
            "build",
            "--in",
            data.toString(),
            "--pool",
            folder.resolve("single").toString(),
            "--threads",
            "1",
            "--json");
    assertThat(snapshot(threads.out())).isEqualTo(snapshot(built.out()));
    assertFormalJobsAgree(data, pool);
    assertFaultsAreFound(data, pool);
    assertThat(run("pool", "query", "DROP TABLE stock", "--pool", pool.toString()).status())
        .isEqualTo(2);
  }

  private static String snapshot(String json) {
    return json.replaceFirst("(?s).*\"snapshot\":\"([0-9a-f]{64})\".*", "$1");
  }

  /**
   * Insured people by month: every one whose month was paid in time is found; the last months may
   * be paid later.
   */
  private static void assertFormalJobsAgree(Path data, Path pool) throws Exception {
    Map<Integer, Long> truth = new HashMap<>();
    for (String line : Files.readAllLines(data.resolve("_answer/status.csv"))) {
      String[] cells = line.split(",");
      if (cells.length > 4 && cells[4].equals("formal")) {
        for (int month = Integer.parseInt(cells[1]);
            month <= Integer.parseInt(cells[2]);
            month = month % 100 == 12 ? month + 89 : month + 1) {
          truth.merge(month, 1L, Long::sum);
        }
      }
    }
    String rows =
        run(
                "pool",
                "query",
                "SELECT month, SUM(people) FROM stock WHERE region_by = 'work' AND basis = 'formal' AND month < 202312 GROUP BY 1 ORDER BY 1",
                "--pool",
                pool.toString())
            .out();
    for (String line : List.of(rows.split("\n")).subList(1, 12)) {
      String[] cells = line.split(",");
      long expected = truth.get(Integer.parseInt(cells[0]));
      assertThat(Long.parseLong(cells[1]))
          .as("month %s", cells[0])
          .isBetween(expected * 96 / 100, expected * 101 / 100 + 1);
    }
  }

  /**
   * Every title and total, every cut ID, every wrong check character and every reversed date is
   * found.
   */
  private static void assertFaultsAreFound(Path data, Path pool) throws Exception {
    Map<String, String> reasons =
        Map.of(
            "title",
            "not-a-record",
            "total",
            "not-a-record",
            "id-cut",
            "id-cut",
            "id-wrong",
            "id-invalid",
            "dates-reversed",
            "check-failed",
            "contradiction",
            "contradiction");
    Map<String, Integer> planted = new HashMap<>();
    for (String line : Files.readAllLines(data.resolve("_answer/faults.csv"))) {
      String reason = reasons.get(line.substring(line.lastIndexOf(',') + 1));
      if (reason != null) {
        planted.merge(reason, 1, Integer::sum);
      }
    }
    List<String> expected = new ArrayList<>();
    planted.forEach((reason, count) -> expected.add(reason + "," + count));
    String rows =
        run(
                "pool",
                "query",
                "SELECT reason, SUM(records) FROM refusal GROUP BY 1",
                "--pool",
                pool.toString())
            .out();
    assertThat(List.of(rows.split("\n")).subList(1, expected.size() + 1))
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
