package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.pool.derivation.Derivation;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.pool.snapshot.Manifest;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mart's file that is not what was published is named, and only who asks for it is stopped. */
class DamageTest {
  private static final String STOCK = "SELECT * FROM stock";

  @TempDir Path folder;
  private Sample sample;

  @BeforeEach
  void build() throws Exception {
    sample = new Sample(folder).people(4).month(202301, 1, 2, 3).month(202302, 1, 2);
    sample.build();
  }

  private Path file(String mart, int nth) {
    List<String> files =
        Pool.at(sample.pool).current().marts().stream()
            .filter(file -> file.mart().equals(mart))
            .map(Manifest.MartFile::file)
            .toList();
    return sample.pool.resolve(files.get(nth));
  }

  /** As disks and careless hands do. */
  private enum Way {
    OVERWRITTEN {
      @Override
      void damage(Path file) throws Exception {
        byte[] nonsense = "nonsense ".repeat(30).getBytes(StandardCharsets.UTF_8);
        try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.WRITE)) {
          bytes.write(ByteBuffer.wrap(nonsense), 4);
        }
      }
    },
    CUT {
      @Override
      void damage(Path file) throws Exception {
        try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.WRITE)) {
          bytes.truncate(bytes.size() / 2);
        }
      }
    },
    EMPTIED {
      @Override
      void damage(Path file) throws Exception {
        Files.write(file, new byte[0]);
      }
    },
    GONE {
      @Override
      void damage(Path file) throws Exception {
        Files.delete(file);
      }
    };

    abstract void damage(Path file) throws Exception;
  }

  private static void assertNamed(Path file, QuerySession session) {
    assertThatThrownBy(() -> session.rows(STOCK))
        .isInstanceOfSatisfying(
            PoolProblem.class,
            problem -> {
              assertThat(problem.kind).isEqualTo(PoolProblem.Kind.WORK);
              assertThat(problem.code).isEqualTo("snapshot-unreadable");
              assertThat(problem.place).isEqualTo(file.toString());
              assertThat(problem.next).contains("backup");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "OVERWRITTEN, 0",
    "OVERWRITTEN, 1",
    "CUT, 0",
    "CUT, 1",
    "EMPTIED, 0",
    "GONE, 0",
    "GONE, 1"
  })
  void a_damaged_file_is_named_and_other_marts_answer(Way way, int nth) throws Exception {
    Path file = file("stock", nth);
    way.damage(file);
    try (QuerySession session = Pool.at(sample.pool).query()) {
      assertNamed(file, session);
      assertThat(session.rows("SELECT COUNT(*) FROM intake")).hasSize(1);
    }
  }

  @Test
  void a_mart_whose_name_is_part_of_another_word_stops_nobody() throws Exception {
    Way.CUT.damage(file("od", 0));
    try (QuerySession session = Pool.at(sample.pool).query()) {
      assertThat(session.rows("SELECT COUNT(period) FROM flow_quarter")).hasSize(1);
      assertThatThrownBy(() -> session.rows("WITH o AS (SELECT * FROM OD) SELECT * FROM o"))
          .isInstanceOfSatisfying(
              PoolProblem.class,
              problem -> assertThat(problem.code).isEqualTo("snapshot-unreadable"));
    }
  }

  @Test
  void a_file_that_goes_under_a_reader_is_no_fault_of_the_statement() throws Exception {
    Path file = file("stock", 0);
    try (QuerySession session = Pool.at(sample.pool).query()) {
      Way.GONE.damage(file);
      assertNamed(file, session);
    }
  }

  @Test
  void a_wrong_statement_is_told_as_one_beside_damaged_marts() throws Exception {
    Way.CUT.damage(file("stock", 1));
    try (QuerySession session = Pool.at(sample.pool).query()) {
      for (String wrong :
          List.of("SELECT nothing FROM stock", "SELECT CAST('x' AS INTEGER) FROM intake")) {
        assertThatThrownBy(() -> session.rows(wrong))
            .isInstanceOfSatisfying(
                PoolProblem.class,
                problem -> {
                  assertThat(problem.kind).isEqualTo(PoolProblem.Kind.USE);
                  assertThat(problem.code).isEqualTo("query-failed");
                });
      }
    }
  }

  @Test
  void a_comparison_names_the_damaged_file() throws Exception {
    Manifest before = Pool.at(sample.pool).current();
    sample.month(202303, 1);
    sample.build();
    Path file = sample.pool.resolve(before.marts().getFirst().file());
    Way.CUT.damage(file);
    Pool pool = Pool.at(sample.pool);
    SnapshotDiff diff = pool.diff(before, pool.current(), Derivation.steps(null));
    assertThatThrownBy(() -> diff.cells(before.marts().getFirst().mart(), 10))
        .isInstanceOfSatisfying(
            PoolProblem.class, problem -> assertThat(problem.place).isEqualTo(file.toString()));
  }
}
