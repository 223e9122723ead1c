package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.identity.SealedFile;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.intake.QuarantineEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies beside the marts: quarantined text, and who the enterprises are. */
class VaultTest {
  @TempDir Path folder;
  Sample sample;

  @BeforeEach
  void open() throws Exception {
    sample = new Sample(folder);
  }

  /** Entries of quarantine as {@code load|record|problems|text}, by file. */
  private List<String> quarantine() throws Exception {
    Vault vault = Vault.open(sample.pool.resolve("vault"));
    List<String> entries = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sample.pool.resolve("quarantine"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        SealedFile.read(
            vault,
            file,
            (page, length) -> {
              while (page.available() > 0) {
                QuarantineEntry entry = QuarantineEntry.read(page);
                String text = new String(entry.text(), StandardCharsets.UTF_8);
                entries.add(entry.record() + "|" + entry.problems() + "|" + text);
              }
            });
      }
    }
    return entries;
  }

  @Test
  void keeps_the_text_of_records_that_contradict_each_other() throws Exception {
    sample.people(3);
    String one = Sample.contribution(2, "U1", 202301);
    String other = one.replace("5000", "6000").replace("张三", "\"张,三\"");
    sample.file(
        "contribution_360100_202301_20230210.csv",
        "缴费明细表",
        Sample.CONTRIBUTION,
        Sample.contribution(1, "U1", 202301),
        "",
        one,
        Sample.contribution(3, "U1", 202301),
        other);
    sample.build();
    assertThat(sample.query("SELECT reason, records FROM refusal ORDER BY 1"))
        .containsExactly("contradiction|2", "not-a-record|1");
    assertThat(quarantine())
        .containsExactly(
            "3|[:contradiction]|" + one, "5|[:contradiction]|" + other, "1|[:not-a-record]|缴费明细表");
  }

  /** Two files of one day count as one, also where the first came with an earlier build. */
  @Test
  void a_file_that_is_gone_leaves_the_text_that_was_kept_and_else_the_place() throws Exception {
    sample.people(2);
    String one = Sample.contribution(1, "U1", 202301);
    String two = Sample.contribution(2, "U1", 202301);
    String first = "contribution_360100_202301_20230210.csv";
    sample.file(first, Sample.CONTRIBUTION, one, two, two.replace("5000", "7000"));
    sample.build();
    Files.delete(sample.in.resolve(first));
    String contrary = one.replace("5000", "6000");
    sample.file("contribution_360100_202301_20230210_b.csv", Sample.CONTRIBUTION, contrary);
    sample.build();
    assertThat(quarantine())
        .contains(
            "1|[:contradiction]|", "2|[:contradiction]|" + two, "1|[:contradiction]|" + contrary);
  }

  @Test
  void the_directory_says_who_the_enterprises_are_and_only_their_owner_may_open_it()
      throws Exception {
    sample.people(1).month(202301, 1).build();
    Path file;
    try (Stream<Path> files = Files.list(sample.pool.resolve("directory"))) {
      file = files.findFirst().orElseThrow();
    }
    List<String> rows = new ArrayList<>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var result =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT number, name, COUNT(*) OVER (PARTITION BY enterprise_ref) FROM '"
                        + file
                        + "' ORDER BY number")) {
      while (result.next()) {
        rows.add(result.getString(1) + "|" + result.getString(2) + "|" + result.getInt(3));
      }
    }
    assertThat(rows).containsExactly(Sample.creditCode(1) + "|甲公司|2", "U1|甲公司|2");
    for (Path closed : List.of(sample.pool, sample.pool.resolve("directory"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed)))
          .isEqualTo("rwx------");
    }
  }
}
