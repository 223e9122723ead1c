package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.cli.CommandsTest.Ran;
import cn.ganye.pool.Pool;
import cn.ganye.pool.Quarantine;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.lake.Load;
import cn.ganye.reference.ResidentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that changes a pool, killed with SIGKILL at random moments: what was published is
 * served, nothing is lost or doubled, and the same command again ends as if it had never been
 * killed. {@code -Dkills=240} strikes that often altogether.
 */
class StruckTest {
  private static final int KILLS = Integer.getInteger("kills", 7);

  @TempDir Path folder;
  private Path pristine;

  /** A command, and what the pool says once it is done. */
  private record Operation(String name, List<String> arguments, List<String> expected, long took) {}

  private static String id(int number) {
    return ResidentId.of(369900, 19850307, number).text();
  }

  private static String contribution(int month, int... people) {
    StringBuilder text = new StringBuilder("社会保障号码,姓名,单位编号,结算期,对应费款所属期,险种类型,缴费类型,缴费基数\n");
    IntStream.of(people)
        .forEach(
            person ->
                text.append(id(person))
                    .append(",张三,U1,")
                    .append(month)
                    .append(',')
                    .append(month)
                    .append(",企业职工基本养老保险,正常,5000\n"));
    return text.toString();
  }

  /**
   * Four snapshots, refused records, a changed list of codes, a file to come, a mended one, and one
   * load too many.
   */
  @BeforeEach
  void pristine() throws Exception {
    pristine = folder.resolve("pristine");
    Path in = Files.createDirectories(pristine.resolve("in"));
    StringBuilder residents = new StringBuilder("公民身份号码,姓名,性别,出生日期,户籍区划,常住区划,文化程度\n");
    for (int person = 1; person <= 40; person++) {
      residents.append(
          id(person) + ",张三,男性,1985-03-07,360121," + (person == 9 ? "某县" : "360121") + ",初级中学教育\n");
    }
    Files.writeString(in.resolve("resident_360121__20230105.csv"), residents);
    for (int month = 202301; month <= 202304; month++) {
      Files.writeString(
          in.resolve("contribution_360121_" + month + "_20230510.csv"),
          contribution(month, 1, 2, month % 100 + 2)
              + contribution(month, 7)
                  .lines()
                  .skip(1)
                  .findFirst()
                  .orElseThrow()
                  .replace("企业职工基本养老保险", "养老（单位）"));
      Ran built = pool(pristine, "build", "--in", in.toString());
      assertThat(built.status()).as(built.err()).isZero();
    }
    Files.createDirectories(pristine.resolve("documents"));
    Files.writeString(
        pristine.resolve("documents/code-lists.yaml"), "insurance-kind:\n  pension: [养老（单位）]\n");
    Files.createDirectories(pristine.resolve("more"));
    Files.writeString(
        pristine.resolve("more/contribution_360121_202305_20230610.csv"),
        contribution(202305, 1, 2, 3, 4));
    Files.writeString(
        pristine.resolve("more/resident_360121__20230601.csv"),
        "公民身份号码,姓名,性别,出生日期,户籍区划,常住区划,文化程度\n" + id(9) + ",张三,男性,1985-03-07,360121,360121,初级中学教育\n");
  }

  private static List<String> command(Path place, String... arguments) {
    return Stream.concat(
            Stream.concat(Stream.of("pool"), Stream.of(arguments)),
            Stream.of("--pool", place.resolve("pool").toString()))
        .toList();
  }

  private static Ran pool(Path place, String... arguments) {
    return CommandsTest.run(command(place, arguments).toArray(String[]::new));
  }

  /** The pool as it was before, anew. */
  private Path fresh() throws IOException {
    Path place = folder.resolve("struck");
    if (Files.exists(place)) {
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    try (Stream<Path> files = Files.walk(pristine)) {
      for (Path file : files.toList()) {
        Files.copy(file, place.resolve(pristine.relativize(file).toString()));
      }
    }
    return place;
  }

  /** What can be read: figures, accounts of files, sealed text. */
  private static List<String> told(Path place) {
    List<String> told = new ArrayList<>();
    Path pool = place.resolve("pool");
    told.add(Pool.at(pool).current().snapshot());
    for (String sql :
        List.of(
            "SELECT month, status, SUM(people) AS people FROM stock WHERE region_by = 'work' GROUP BY ALL ORDER BY ALL",
            "SELECT file, records, accepted, quarantined, duplicates, superseded FROM intake ORDER BY ALL")) {
      Ran ran = pool(place, "query", sql);
      assertThat(ran.status()).as(ran.err()).isZero();
      told.add(ran.out());
    }
    try {
      Quarantine quarantine = new Quarantine(pool, Contracts.builtIn());
      for (Load load : Pool.at(pool).current().loads()) {
        quarantine.records(load, 9).forEach(record -> told.add(record.text()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return told;
  }

  private List<String> arguments(String operation, Path place) throws IOException {
    Path in = place.resolve("in");
    switch (operation) {
      case "build" -> {
        Path more = in.resolve("contribution_360121_202305_20230610.csv");
        if (!Files.exists(more)) {
          Files.copy(place.resolve("more").resolve(String.valueOf(more.getFileName())), more);
        }
        return command(place, "build", "--in", in.toString());
      }
      case "undo" -> {
        return command(place, "undo", "3");
      }
      case "replay" -> {
        return command(
            place,
            "quarantine",
            "replay",
            place.resolve("more/resident_360121__20230601.csv").toString(),
            "--in",
            in.toString());
      }
      case "reapply" -> {
        return command(place, "reapply", "--documents", place.resolve("documents").toString());
      }
      case "rotate" -> {
        return command(place, "vault", "rotate");
      }
      case "backup" -> {
        return command(place, "backup", place.resolve("backup").toString());
      }
      default -> {
        return command(place, "collect");
      }
    }
  }

  private static Process start(List<String> arguments, Path log) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private Operation measured(String name) throws Exception {
    Path place = fresh();
    List<String> arguments = arguments(name, place);
    long start = System.nanoTime();
    Process process = start(arguments, folder.resolve(name + ".log"));
    assertThat(process.waitFor()).as(Files.readString(folder.resolve(name + ".log"))).isZero();
    return new Operation(name, arguments, told(place), (System.nanoTime() - start) / 1_000_000);
  }

  @Test
  void killed_at_random_moments_nothing_is_lost_or_doubled() throws Exception {
    Random random = new Random(36);
    List<String> before = told(fresh());
    List<Operation> operations = new ArrayList<>();
    for (String name :
        List.of("build", "undo", "replay", "reapply", "rotate", "collect", "backup")) {
      operations.add(measured(name));
    }
    int struck = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Operation operation = operations.get(kill % operations.size());
      Path place = fresh();
      List<String> arguments = arguments(operation.name(), place);
      Process process = start(arguments, folder.resolve("struck.log"));
      long after = operation.took() / 4 + random.nextLong(operation.took() * 3 / 4);
      boolean ended = process.waitFor(after, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      struck += ended ? 0 : 1;
      String what = operation.name() + " killed after " + after + " ms";
      assertThat(told(place)).as(what).isIn(before, operation.expected());
      int again = Main.run(arguments(operation.name(), place).toArray(String[]::new));
      boolean done = operation.name().equals("undo") && again == 2;
      assertThat(again == 0 || done).as(what).isTrue();
      assertThat(told(place)).as(what + ", and done again").isEqualTo(operation.expected());
      if (operation.name().equals("backup")) {
        Path back = folder.resolve("back-" + kill);
        assertThat(pool(back, "restore", place.resolve("backup").toString()).status()).isZero();
        assertThat(told(back)).isEqualTo(before);
      }
    }
    System.out.println("struck " + struck + " of " + KILLS);
    assertThat(struck).isPositive();
  }
}
