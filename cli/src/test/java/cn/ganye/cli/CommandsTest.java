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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void a_table_in_another_encoding_is_told_as_that() throws Exception {
    Path file = folder.resolve("industry.csv");
    Files.write(file, "code,name\nC,制造业\n".getBytes("GB18030"));
    Ran ran = run("reference", "import", file.toString());
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("it is not UTF-8 [table-unreadable]").contains("next: save it");
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

  @ParameterizedTest
  @ValueSource(strings = {"", "pool ", "pool build "})
  void commands_tell_their_use_and_their_version(String command) throws Exception {
    Ran use = run((command + "--help").split(" "));
    assertThat(use.status()).isZero();
    assertThat(use.out()).startsWith("Usage: ganye " + command.strip());
    Ran version = run((command + "--version").split(" "));
    assertThat(version.status()).isZero();
    assertThat(version.out()).matches("ganye .+\\R");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pool build --in . --threads 0",
        "pool build --in . --memory 64MiB",
        "pool build --in . --memory much",
        "pool build --in . --keep-raw -1",
        "bench pool --people 0",
        "bench pool --rounds 0",
        "bench spark --months 0",
        "bench truth --people -5",
        "bench web --months 0",
        "synth --months 1 --out . --people 0",
        "synth --people 1 --out . --months 601",
        "up --people 0",
        "up --people many"
      })
  void a_size_that_makes_no_sense_is_wrong_use(String line) {
    String[] words = line.split(" ");
    Ran ran = run(words);

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains(words[words.length - 2]);
  }

  /** A province goes all the way, and what comes out agrees with its answer key. */
  @Test
  void a_synthetic_province_becomes_the_same_pool_on_any_threads_and_no_record_is_lost()
      throws Exception {
    Path data = folder.resolve("data");
    Path pool = folder.resolve("pool");
    Ran made =
        run("synth", "--people", "6000", "--months", "14", "--out", data.toString(), "--json");
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.out()).startsWith("{\"people\":6000,\"months\":14,\"files\":");
    assertThat(made.err()).isEmpty();
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
    assertThat(run("pool", "query", "DROP TABLE stock", "--pool", pool.toString()).status())
        .isEqualTo(2);
  }

  @Test
  void a_refused_file_is_named_with_what_to_do_and_fails_a_strict_build_alone() throws Exception {
    Path data = folder.resolve("data");
    String pool = folder.resolve("pool").toString();
    run("synth", "--people", "30", "--months", "1", "--out", data.toString(), "--json");
    Files.writeString(data.resolve("notes.csv"), "what,when\nlunch,noon\n");
    String[] build = {"pool", "build", "--in", data.toString(), "--pool", pool};

    Ran plain = run(build);
    assertThat(plain.status()).as(plain.err()).isZero();
    assertThat(plain.err())
        .contains("notes.csv: refused whole: ")
        .contains("[unknown-dataset]")
        .contains("  next: ");
    assertThat(plain.out()).doesNotContain("notes.csv");
    Ran strict =
        run("pool", "build", "--in", data.toString(), "--pool", pool, "--strict", "--json");
    assertThat(strict.status()).isEqualTo(1);
    for (String json :
        List.of(strict.out(), run("pool", "status", "--pool", pool, "--json").out())) {
      assertThat(json)
          .contains("\"files_refused\":1")
          .contains(
              "\"refused\":[{\"file\":\"notes.csv\",\"code\":\"unknown-dataset\",\"detail\":\"")
          .contains("\"next\":\"");
    }
  }

  @Test
  void a_province_says_the_same_in_every_format() {
    List<String> told = new ArrayList<>();
    for (String formats : List.of("csv", "csv.gz,zip,xlsx,jsonl")) {
      String data = folder.resolve(formats).toString();
      String pool = folder.resolve("pool of " + formats).toString();
      Ran made =
          run("synth", "--people", "300", "--months", "1", "--out", data, "--formats", formats);
      assertThat(made.status()).as(made.err()).isZero();
      assertThat(run("pool", "build", "--in", data, "--pool", pool, "--strict").status()).isZero();
      for (String sql :
          List.of(
              "SELECT month, region_by, region, industry, sex, age_group, education, status, basis, people FROM stock ORDER BY ALL",
              "SELECT SUM(records), SUM(accepted), SUM(quarantined), SUM(duplicates), SUM(superseded) FROM intake")) {
        told.add(run("pool", "query", sql, "--pool", pool).out());
      }
    }
    assertThat(told.subList(0, 2)).isEqualTo(told.subList(2, 4));
    assertThat(told.getFirst().lines()).hasSizeGreaterThan(50);
  }

  private static String snapshot(String json) {
    return json.replaceFirst("(?s).*\"snapshot\":\"([0-9a-f]{64})\".*", "$1");
  }

  @Test
  void a_build_is_measured_beside_its_floor_and_postgresql_comes_to_the_same_snapshot()
      throws Exception {
    Ran pool =
        run(
            "bench",
            "pool",
            "--people",
            "1500",
            "--months",
            "6",
            "--postgresql",
            "--work",
            folder.resolve("bench").toString());
    assertThat(pool.status()).as(pool.err()).isZero();
    assertThat(pool.out().lines())
        .map(line -> line.replaceFirst("bench (\\S+) [0-9.]+ (\\S+)", "$1 $2"))
        .containsExactly(
            "generation s",
            "intake s",
            "derivation s",
            "build s",
            "floor s",
            "peak-memory MiB",
            "rate records/s",
            "floor-rate records/s",
            "steps s",
            "postgresql-steps s",
            "postgresql-ratio times");
  }

  /** The aims for the truth of a pool, at a size that a test can afford. */
  @Test
  void the_pool_agrees_with_the_answer_key_of_a_synthetic_province() throws Exception {
    Ran truth =
        run(
            "bench",
            "truth",
            "--people",
            "15000",
            "--months",
            "14",
            "--seed",
            "7",
            "--work",
            folder.resolve("truth").toString());
    assertThat(truth.status()).as(truth.err()).isZero();
    Map<String, Double> figures = new HashMap<>();
    for (String line : truth.out().split("\n")) {
      String[] words = line.split(" ");
      assertThat(words).hasSize(4).startsWith("bench");
      figures.put(words[1], Double.parseDouble(words[2]));
    }
    assertThat(figures)
        .containsKeys(
            "status",
            "status-employed",
            "status-unemployed",
            "status-outside-labour-force",
            "fault-id-cut-recall",
            "fault-contradiction-precision",
            "registered-unemployment-reporting-cells",
            "new-urban-employment-reporting-cells",
            "late-sender-cells");
    figures.forEach(
        (name, value) -> {
          if (name.startsWith("status") && !name.endsWith("unknown")) {
            assertThat(value).as(name).isGreaterThanOrEqualTo(0.97);
          } else if (name.endsWith("-recall")) {
            assertThat(value).as(name).isGreaterThanOrEqualTo(0.99);
          } else if (name.endsWith("-precision")) {
            assertThat(value).as(name).isGreaterThanOrEqualTo(0.98);
          } else if (name.endsWith("-wrong") || name.equals("clean-quarantined")) {
            assertThat(value).as(name).isZero();
          } else if (name.endsWith("-cells")) {
            assertThat(value).as(name).isPositive();
          }
        });
  }
}
