package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are kept as they were sent, and read again when their contract has changed. */
class ReapplicationTest {
  private static final List<String> MARTS =
      List.of("stock", "flow", "enterprise_month", "person_status", "coverage", "od");

  /** A word for the insurance kind that the house's list does not have. */
  private static final String LISTS = "insurance-kind:\n  pension: [养老（单位）]\n";

  @TempDir Path folder;
  private Sample sample;
  private Path documents;

  @BeforeEach
  void files() throws Exception {
    documents = Files.createDirectories(folder.resolve("documents"));
    sample = sample("one");
    sample.build();
  }

  /** Months 1 to 3; in the second, half of the people stand under a word that nobody knows. */
  private Sample sample(String name) throws Exception {
    Sample made = new Sample(folder.resolve(name)).people(6).month(202301, 1, 2, 3, 4);
    String second =
        String.join(
                "\n",
                Sample.CONTRIBUTION,
                Sample.contribution(1, "U1", 202302),
                Sample.contribution(2, "U1", 202302).replace("企业职工基本养老保险", "养老（单位）"),
                Sample.contribution(5, "U1", 202302).replace("企业职工基本养老保险", "养老（单位）"))
            + "\n";
    try (OutputStream file =
            Files.newOutputStream(made.in.resolve("contribution_360100_202302_20230320.zip"));
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("contribution_360100_202302_20230320.csv"));
      zip.write(second.getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(made.in.resolve("contribution_360100_202302_20230321.csv"), second);
    return made.month(202303, 1, 2, 5, 6);
  }

  private static void lose(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private BuildReport reapply(String... datasets) throws Exception {
    return PoolBuild.reapply(
        sample.options().with(documents), List.of(datasets), BuildListener.SILENT);
  }

  private Manifest manifest() {
    return Pool.at(sample.pool).current();
  }

  @Test
  void figures_are_those_of_a_pool_built_by_the_changed_contract() throws Exception {
    assertThat(sample.query("SELECT SUM(quarantined) FROM intake")).containsExactly("2");
    Files.writeString(documents.resolve("code-lists.yaml"), LISTS);
    Sample anew = sample("two");
    PoolBuild.run(anew.options().with(documents), BuildListener.SILENT);
    lose(sample.in);
    int last = manifest().nextLoad() - 1;
    BuildReport report = reapply();
    assertThat(report.newFiles()).as("both files of the second month, and the others").isEqualTo(4);
    assertThat(sample.query("SELECT SUM(quarantined) FROM intake")).containsExactly("0");
    assertThat(sample.figures(MARTS)).isEqualTo(anew.figures(MARTS)).isNotEmpty();
    String intake =
        "SELECT file, dataset, records, accepted, duplicates, superseded FROM intake ORDER BY 1";
    assertThat(sample.query(intake)).isEqualTo(anew.query(intake));
    assertThat(manifest().loads().stream().filter(l -> l.dataset().equals("contribution")))
        .allSatisfy(load -> assertThat(load.load()).isGreaterThan(last));
    assertThat(manifest().loads())
        .filteredOn(load -> load.file().contains("202302"))
        .extracting(Load::knownFrom)
        .containsExactlyInAnyOrder(20230320, 20230321);
    assertThat(reapply().changed()).as("nothing is due any more").isFalse();
    assertThat(reapply("contribution").newFiles()).as("but if it is asked for").isEqualTo(4);
    assertThat(sample.figures(MARTS)).isEqualTo(anew.figures(MARTS));
  }

  @Test
  void a_file_that_was_not_understood_is_read_once_its_contract_knows_the_header()
      throws Exception {
    sample.file(
        "contribution_360100_202304.csv",
        Sample.CONTRIBUTION.replace("社会保障号码", "人员证号"),
        Sample.contribution(3, "U1", 202304));
    assertThat(sample.build().filesRefused()).isEqualTo(1);
    lose(sample.in);
    assertThat(reapply().changed()).isFalse();
    Path contracts = Files.createDirectories(documents.resolve("contracts"));
    String house =
        new String(
            Contracts.class.getResourceAsStream("contribution.yaml").readAllBytes(),
            StandardCharsets.UTF_8);
    Files.writeString(
        contracts.resolve("contribution.yaml"), house.replace("社会保障号码", "人员证号, 社会保障号码"));
    assertThat(reapply().newFiles()).isEqualTo(5);
    assertThat(manifest().loads()).extracting(Load::refused).containsOnlyNulls();
    assertThat(sample.query("SELECT headcount FROM enterprise_month WHERE month = 202304"))
        .containsExactly("1");
    Files.writeString(
        contracts.resolve("contribution.yaml"), house.replaceAll("(?m)^  base: .*\n", ""));
    assertThatThrownBy(this::reapply).hasMessageContaining("needs its column base of type yuan");
  }

  @Test
  void two_files_that_came_under_one_path_are_both_read_again() throws Exception {
    sample.month(202303, 1, 2).build();
    List<Load> twice =
        manifest().loads().stream().filter(l -> l.file().endsWith("_202303.csv")).toList();
    assertThat(twice).hasSize(2);
    List<String> before = sample.figures(MARTS);
    lose(sample.in);
    assertThat(reapply("contribution").newFiles()).isEqualTo(5);
    assertThat(manifest().loads())
        .filteredOn(l -> l.file().endsWith("_202303.csv"))
        .extracting(Load::sha256)
        .containsExactlyInAnyOrderElementsOf(twice.stream().map(Load::sha256).toList());
    assertThat(sample.figures(MARTS)).isEqualTo(before);
  }

  @Test
  void bundles_are_sealed_kept_once_and_let_go_when_their_time_is_over() throws Exception {
    List<Path> bundles = bundles();
    assertThat(bundles).hasSize(1);
    byte[] bundle = Files.readAllBytes(bundles.getFirst());
    assertThat(new String(bundle, StandardCharsets.ISO_8859_1)).doesNotContain(Sample.id(1));
    assertThat(manifest().loads())
        .filteredOn(load -> load.duplicateOf() == 0)
        .extracting(Load::raw)
        .containsOnly("raw/2026-01-01/load-000001.sealed");
    PoolFolder pool = new PoolFolder(sample.pool);
    VaultRotation.run(pool, (file, done, of) -> {});
    Path backup = folder.resolve("backup");
    Backup.make(pool, backup, true, (file, done, of) -> {});
    lose(sample.pool);
    Backup.restore(backup, pool, (file, done, of) -> {});
    assertThat(reapply("resident").newFiles()).isEqualTo(1);
    BuildOptions usual = sample.options();
    BuildOptions later =
        new BuildOptions(
            sample.in,
            sample.pool,
            null,
            "36",
            LocalDate.of(2026, 3, 1),
            usual.memory(),
            2,
            30,
            null);
    sample.month(202304, 1);
    PoolBuild.run(later, BuildListener.SILENT);
    assertThat(manifest().loads())
        .extracting(Load::raw)
        .filteredOn(raw -> raw != null)
        .containsExactly("raw/2026-03-01/load-000009.sealed");
    assertThat(Reapplication.due(manifest(), Contracts.builtIn(), Set.of("resident"))).hasSize(1);
    assertThat(reapply("resident").changed()).as("its file is gone").isFalse();
  }

  @Test
  void nothing_is_kept_if_the_settings_say_so() throws Exception {
    Sample other = sample("none");
    PoolBuild.run(other.options().keeping(0), BuildListener.SILENT);
    assertThat(other.pool.resolve("raw")).doesNotExist();
  }

  @Test
  void a_fingerprint_follows_from_what_a_contract_says() {
    Contracts one = Contracts.builtIn();
    Contracts two = Contracts.builtIn();
    assertThat(two.all())
        .allSatisfy(
            contract ->
                assertThat(two.fingerprint(contract))
                    .isEqualTo(one.fingerprint(one.find(contract.id()).orElseThrow())));
    assertThat(one.all()).extracting(one::fingerprint).doesNotHaveDuplicates();
  }

  private List<Path> bundles() throws IOException {
    try (Stream<Path> files = Files.walk(sample.pool.resolve("raw"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
