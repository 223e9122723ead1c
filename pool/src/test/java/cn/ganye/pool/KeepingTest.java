package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.pool.snapshot.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are changed, pools are backed up and put back, and what nobody needs goes. */
class KeepingTest {
  private static final PoolFolder.Moved NOBODY = (file, done, of) -> {};

  @TempDir Path folder;
  private Sample sample;
  private PoolFolder pool;

  @BeforeEach
  void build() throws Exception {
    sample = new Sample(folder).people(4).month(202301, 1, 2, 3);
    sample.file(
        "contribution_360200_202301_20230210.csv",
        Sample.CONTRIBUTION,
        "36990019850307001A,李四,U1,202301,202301,企业职工基本养老保险,正常,5000.00");
    sample.build();
    pool = new PoolFolder(sample.pool);
  }

  private List<String> keys() throws IOException {
    try (Stream<Path> files = Files.list(sample.pool.resolve("vault/keys"))) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** What the vault tells: everybody's reference and name, and the refused record. */
  private static List<String> told(Path pool) throws Exception {
    List<String> told = new ArrayList<>();
    Manifest manifest = Pool.at(pool).current();
    PersonRegister.read(
        pool, manifest, entry -> told.add(entry.ref() + " " + entry.number() + " " + entry.name()));
    Quarantine quarantine = new Quarantine(pool, Contracts.builtIn());
    for (Load load : manifest.loads()) {
      quarantine.records(load, 10).forEach(record -> told.add(record.text()));
    }
    return told;
  }

  @Test
  void a_new_key_seals_everything_and_references_stay() throws Exception {
    List<String> before = told(sample.pool);
    Vault opened = Vault.open(pool.vault());
    UUID reference = opened.reference(Sample.id(1));
    byte[] old = opened.encrypt(new byte[] {1, 2, 3}, 0, 3);
    VaultRotation.Report report = VaultRotation.run(pool, NOBODY);
    assertThat(report.key()).isEqualTo(2);
    assertThat(report.files()).isPositive();
    assertThat(report.continued()).isFalse();
    assertThat(keys()).containsExactly("encryption-2.key", "hashing.key");
    assertThat(told(sample.pool)).isEqualTo(before).anyMatch(line -> line.contains("李四"));
    Vault now = Vault.open(pool.vault());
    assertThat(now.reference(Sample.id(1))).isEqualTo(reference);
    assertThat(opened.decrypt(old)).as("who had opened the vault before").containsExactly(1, 2, 3);
    assertThat(opened.decrypt(now.encrypt(new byte[] {4}, 0, 1))).containsExactly(4);
    assertThat(sample.month(202302, 1).build().changed()).isTrue();
    assertThat(VaultRotation.run(pool, NOBODY).key()).isEqualTo(3);
    assertThat(told(sample.pool)).isEqualTo(before);
  }

  @Test
  void a_rotation_that_was_cut_off_is_finished_with_its_key() throws Exception {
    List<String> before = told(sample.pool);
    assertThatThrownBy(
            () ->
                VaultRotation.run(
                    pool,
                    (file, done, of) -> {
                      throw new IllegalStateException("cut off");
                    }))
        .hasMessage("cut off");
    assertThat(keys()).containsExactly("encryption-1.key", "encryption-2.key", "hashing.key");
    assertThat(told(sample.pool)).isEqualTo(before);
    VaultRotation.Report report = VaultRotation.run(pool, NOBODY);
    assertThat(report.continued()).isTrue();
    assertThat(report.key()).isEqualTo(2);
    assertThat(keys()).containsExactly("encryption-2.key", "hashing.key");
    assertThat(told(sample.pool)).isEqualTo(before);
  }

  @Test
  void a_backup_is_put_back_as_it_was() throws Exception {
    pool.keep(Pool.at(sample.pool).current().snapshot());
    sample.month(202302, 1, 2).build();
    Path to = folder.resolve("backup");
    Backup.Report first = Backup.make(pool, to, true, NOBODY);
    assertThat(first.copied()).isPositive();
    assertThat(Backup.make(pool, to, true, NOBODY).copied()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
        .isEqualTo("rwx------");
    PoolFolder other = new PoolFolder(folder.resolve("other"));
    Backup.restore(to, other, NOBODY);
    assertThat(Pool.at(other.root()).current()).isEqualTo(Pool.at(sample.pool).current());
    assertThat(Pool.at(other.root()).snapshots()).isEqualTo(Pool.at(sample.pool).snapshots());
    assertThat(told(other.root())).isEqualTo(told(sample.pool));
    BuildOptions options =
        new BuildOptions(
            sample.in,
            other.root(),
            null,
            "36",
            LocalDate.of(2026, 1, 1),
            512L << 20,
            2,
            1098,
            null);
    assertThat(PoolBuild.run(options, BuildListener.SILENT).changed()).isFalse();
    assertThatThrownBy(() -> Backup.restore(to, other, NOBODY))
        .isInstanceOf(PoolProblem.class)
        .hasMessageContaining("published there");
  }

  @Test
  void a_damaged_backup_is_not_put_back() throws Exception {
    Path to = folder.resolve("backup");
    Backup.Report made = Backup.make(pool, to, true, NOBODY);
    String name =
        made.inventory().files().keySet().stream()
            .filter(file -> file.startsWith("marts/stock/"))
            .findFirst()
            .orElseThrow();
    String sha256 = String.valueOf(made.inventory().files().get(name));
    Path object = to.resolve("objects").resolve(sha256.substring(0, 2)).resolve(sha256);
    byte[] bytes = Files.readAllBytes(object);
    bytes[bytes.length / 2] ^= 1;
    Files.write(object, bytes);
    PoolFolder other = new PoolFolder(folder.resolve("other"));
    assertThatThrownBy(() -> Backup.restore(to, other, NOBODY)).hasMessageContaining("has changed");
    assertThat(other.current()).isEmpty();
    bytes[bytes.length / 2] ^= 1;
    Files.write(object, bytes);
    Backup.restore(to, other, NOBODY);
    assertThat(told(other.root())).isEqualTo(told(sample.pool));
  }

  @Test
  void a_backup_without_keys_needs_their_copy() throws Exception {
    Path to = folder.resolve("backup");
    Backup.make(pool, to, false, NOBODY);
    PoolFolder other = new PoolFolder(folder.resolve("other"));
    assertThatThrownBy(() -> Backup.restore(to, other, NOBODY)).hasMessageContaining("without");
    assertThat(other.current()).isEmpty();
    Files.createDirectories(other.vault().resolve("keys"));
    for (String key : keys()) {
      Files.copy(
          pool.vault().resolve("keys").resolve(key), other.vault().resolve("keys").resolve(key));
    }
    Backup.restore(to, other, NOBODY);
    assertThat(told(other.root())).isEqualTo(told(sample.pool));
  }

  private String published(LocalDate day, int month) throws Exception {
    sample.month(month, 1 + month % 3);
    BuildOptions options =
        new BuildOptions(sample.in, sample.pool, null, "36", day, 512L << 20, 2, 1098, null);
    return PoolBuild.run(options, BuildListener.SILENT).manifest().snapshot();
  }

  private List<String> kept() {
    return Pool.at(sample.pool).snapshots().stream().map(Manifest::snapshot).toList();
  }

  /** The last three, and the last of each month for three years, whatever the clock says once. */
  @Test
  void month_ends_are_kept_and_a_clock_that_runs_ahead_once_makes_nothing_old() throws Exception {
    String early = published(LocalDate.of(2026, 1, 10), 202302);
    String january = published(LocalDate.of(2026, 1, 31), 202303);
    String middle = published(LocalDate.of(2026, 2, 10), 202304);
    String february = published(LocalDate.of(2026, 2, 20), 202305);
    published(LocalDate.of(2026, 3, 1), 202306);
    published(LocalDate.of(2026, 3, 2), 202307);
    published(LocalDate.of(2026, 3, 3), 202308);
    assertThat(kept()).hasSize(5).contains(january, february).doesNotContain(early, middle);
    String ahead = published(LocalDate.of(2036, 3, 3), 202309);
    assertThat(kept()).contains(january, february, ahead);
    assertThat(kept().getFirst()).isEqualTo(ahead);
    String back = published(LocalDate.of(2026, 3, 4), 202310);
    assertThat(kept().getFirst()).isEqualTo(back);
    published(LocalDate.of(2029, 2, 5), 202311);
    published(LocalDate.of(2029, 2, 6), 202312);
    assertThat(kept()).contains(february).doesNotContain(january);
  }

  @Test
  void a_pool_of_an_earlier_version_is_read_and_built_on() throws Exception {
    String first = Pool.at(sample.pool).current().snapshot();
    Path manifest = sample.pool.resolve("snapshots").resolve(first + ".json");
    String json = Files.readString(manifest);
    assertThat(json).contains("\"number\" : 1").contains("\"published\"");
    Files.writeString(
        manifest, json.replaceFirst("(?s),\\s*\"number\" : 1,\\s*\"published\" : \"[0-9-]+\"", ""));
    assertThat(Files.readString(manifest)).doesNotContain("published");
    assertThat(Pool.at(sample.pool).current().number()).isZero();
    String second = published(LocalDate.of(2026, 1, 10), 202302);
    assertThat(kept()).containsExactly(second, first);
  }

  /** On a disk that is full they could not make it. */
  @Test
  void the_file_that_readers_lock_is_there_before_they_come() {
    String snapshot = Pool.at(sample.pool).current().snapshot();
    assertThat(sample.pool.resolve("snapshots").resolve(snapshot + ".lease")).isEmptyFile();
  }

  /** A reader across three swaps and more reads what it began with; then that goes. */
  @Test
  void what_is_read_is_not_collected() throws Exception {
    String read = Pool.at(sample.pool).current().snapshot();
    String sql = "SELECT month, SUM(people) FROM stock GROUP BY month ORDER BY month";
    List<String> first = sample.query(sql);
    try (QuerySession session = Pool.at(sample.pool).query()) {
      for (int month = 202302; month <= 202306; month++) {
        published(LocalDate.of(2026, 1, 2), month);
        assertThat(session.rows(sql).stream().map(row -> row.get(0) + "|" + row.get(1)))
            .isEqualTo(first);
      }
      assertThat(kept()).contains(read);
    }
    Retention.collect(pool, NOBODY);
    assertThat(kept()).doesNotContain(read).hasSize(3);
    assertThat(sample.query(sql)).hasSize(6);
  }
}
