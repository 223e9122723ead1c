package cn.ganye.cli;

import cn.ganye.bench.PoolBench;
import cn.ganye.bench.SparkBench;
import cn.ganye.bench.StatisticsBench;
import cn.ganye.bench.TruthBench;
import cn.ganye.bench.WebBench;
import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.PoolBuild;
import cn.ganye.server.ServerApplication;
import cn.ganye.server.ServerOptions;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.synth.Synth;
import cn.ganye.synth.SynthOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ganye bench}: measurements. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measurements.",
    subcommands = {
      BenchCommand.PoolMeasure.class,
      BenchCommand.Truth.class,
      BenchCommand.Statistics.class,
      BenchCommand.Web.class,
      BenchCommand.Spark.class
    })
final class BenchCommand {
  /** The province that is measured. */
  static final class Province {
    @Option(
        names = "--people",
        converter = AtLeastOne.class,
        defaultValue = "450000",
        paramLabel = "N",
        description = "People (default ${DEFAULT-VALUE}).")
    int people;

    @Option(
        names = "--months",
        converter = AtLeastOne.class,
        defaultValue = "36",
        paramLabel = "M",
        description = "Months (default ${DEFAULT-VALUE}).")
    int months;
  }

  /** What prints a line for each figure. */
  abstract static class Measure implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    void print(String name, String value, String unit) {
      spec.commandLine().getOut().printf(Locale.ROOT, "bench %s %s %s%n", name, value, unit);
      spec.commandLine().getOut().flush();
    }
  }

  /** Measures a build of the pool beside its floor. */
  @Command(
      name = "pool",
      mixinStandardHelpOptions = true,
      description =
          "Generate a province, build its pool, and run the floor beside it. Prints lines: bench NAME VALUE UNIT.",
      footer = {
        "",
        "generation, intake, derivation, build (the whole build), floor: s. peak-memory of the process tree: MiB.",
        "rate, floor-rate: records/s. The floor is DuckDB reading the same records as clean Parquet and doing all steps and marts.",
        "With --postgresql: steps and checks here (steps) and there (postgresql-steps), s; there by here (postgresql-ratio), times."
      })
  static final class PoolMeasure extends Measure {
    @Mixin Province province = new Province();

    @Option(
        names = "--rounds",
        converter = AtLeastOne.class,
        defaultValue = "1",
        paramLabel = "R",
        description =
            "Builds and floors, one after the other; the best of each counts (default ${DEFAULT-VALUE}).")
    int rounds;

    @Option(
        names = "--postgresql",
        description =
            "Let PostgreSQL derive the same too, by the same steps; fails unless it comes to the same snapshot.")
    boolean postgres;

    @Option(
        names = "--work",
        defaultValue = "var/bench",
        paramLabel = "DIR",
        description = "Folder for data; emptied (default ${DEFAULT-VALUE}).")
    Path work = Path.of("var/bench");

    @Override
    public Integer call() throws Exception {
      new PoolBench(province.people, province.months, rounds, postgres, work, Main.class.getName())
          .run(this::print);
      return 0;
    }
  }

  /** Loads the app. */
  @Command(
      name = "web",
      mixinStandardHelpOptions = true,
      description =
          "Generate a province, build its pool, start the app and load it over loopback. Prints lines: bench NAME-USERS-PERCENTILE VALUE ms.",
      footer = {
        "",
        "Then a month is frozen and its brief printed (close-*), and the largest mart written out (export-*).",
        "By 1 and 8 users without a pause and 64 with two seconds of thought; each at most 12 s and 150 requests a user,",
        "after as many by 8 users that are not counted.",
        "cross-tab-*-ratio: the same questions by PostgreSQL over a table of persons of one month, and by DuckDB over spells.",
        "Then Chromium opens the overview twenty times: overview-painted-* is from the address to the painted frame."
      })
  static final class Web extends Measure {
    @Mixin Province province = new Province();

    @Option(
        names = "--work",
        defaultValue = "var/bench-web",
        paramLabel = "DIR",
        description = "Folder for data; what is there already is used (default ${DEFAULT-VALUE}).")
    Path work = Path.of("var/bench-web");

    @Option(
        names = "--only",
        paramLabel = "JOURNEY",
        split = ",",
        description = "Only these journeys, as cross-tab,choropleth.")
    Set<String> only = Set.of();

    @Override
    public Integer call() throws Exception {
      Path root = work.toAbsolutePath();
      String size = province.people + "-" + province.months;
      Path files = root.resolve("files-" + size);
      Path pool = root.resolve("pool-" + size);
      if (!Files.isDirectory(files)) {
        Synth.make(
            SynthOptions.of(province.people, province.months, 1, files), (done, of, records) -> {});
      }
      PoolBuild.run(
          BuildOptions.of(files, pool, LocalDate.now(PoolCommand.CLOCK)), BuildListener.SILENT);
      try (ServerApplication.Running app =
          ServerApplication.start(ServerOptions.local(new PoolLocation(pool, files, true), root))) {
        String password =
            app.made().stream()
                .filter(made -> made.username().equals("province"))
                .findFirst()
                .orElseThrow()
                .password();
        String base = "http://127.0.0.1:" + app.port();
        new WebBench(URI.create(base), "province", password, pool, root, only).run(this::print);
        if (!only.isEmpty() && !only.contains("paint")) {
          return 0;
        }
        return new ProcessBuilder("node", "e2e/paint.mjs", base, "province=" + password)
            .inheritIO()
            .start()
            .waitFor();
      }
    }
  }

  /** Measures the same build on one machine's engine and on Spark. */
  @Command(
      name = "spark",
      mixinStandardHelpOptions = true,
      description =
          "Build one province with DuckDB, with Spark local[2], with a standalone Master and two Workers of one core, and compare each step's rows. Prints lines: bench NAME VALUE UNIT.",
      footer = {
        "",
        "*-build: the whole build, s. *-derivation: steps and checks, s. *-cost: core-seconds of these for a million",
        "person-months. *-peak-memory of the build's process tree, without Workers: MiB. *-tasks, *-longest-task, *-shuffled, *-spilled.",
        "contract-*: DuckDB and Spark local[2] run each step side by side: steps and rows that were compared, differences.",
        "Fails unless there is none and all publish the same snapshot: each file of each mart the same, byte by byte."
      })
  static final class Spark extends Measure {
    @Mixin Province province = new Province();

    @Option(
        names = "--only",
        paramLabel = "NAME",
        split = ",",
        description = "Only these: duckdb, local, standalone, contract.")
    Set<String> only = Set.of();

    @Option(
        names = "--executor-memory",
        defaultValue = "2g",
        paramLabel = "SIZE",
        description = "Of each Worker's executor (default ${DEFAULT-VALUE}).")
    String executorMemory = "2g";

    @Option(
        names = "--work",
        defaultValue = "var/bench-spark",
        paramLabel = "DIR",
        description = "Folder for data; emptied (default ${DEFAULT-VALUE}).")
    Path work = Path.of("var/bench-spark");

    @Override
    public Integer call() throws Exception {
      new SparkBench(
              province.people, province.months, work, only, executorMemory, Main.class.getName())
          .run(this::print);
      return 0;
    }
  }

  /** Measures methods of statistics. */
  @Command(
      name = "statistics",
      mixinStandardHelpOptions = true,
      description =
          "Run the methods of statistics on the sizes that offices have. Prints lines: bench NAME VALUE s.",
      footer = {
        "",
        "A sample of 50,000 in 50 strata and 2,000 clusters: bootstrap with 1,000 replicates, jackknife, raking to",
        "five margins. 1,000 monthly series of twelve years by X-11 alone, RSA1 and RSA3, the last two also with the",
        "test for the Spring Festival. Farrington flexible on 1,000 weekly series of ten years. All cores."
      })
  static final class Statistics extends Measure {
    @Override
    public Integer call() throws Exception {
      new StatisticsBench().run(this::print);
      return 0;
    }
  }

  /** Sets a pool against the answer key of its province. */
  @Command(
      name = "truth",
      mixinStandardHelpOptions = true,
      description =
          "Generate a province, build its pool, and set it against the answer key. Prints lines: bench NAME VALUE UNIT.",
      footer = {
        "",
        "status-*: person-months on which pool and key agree, of those for which both know a status. fault-*: recall and",
        "precision by planted kind. *-wrong: cells of registered figures that differ from the key's count; 0 is right."
      })
  static final class Truth extends Measure {
    @Option(
        names = "--people",
        converter = AtLeastOne.class,
        defaultValue = "100000",
        paramLabel = "N",
        description = "People (default ${DEFAULT-VALUE}).")
    int people;

    @Option(
        names = "--months",
        converter = AtLeastOne.class,
        defaultValue = "36",
        paramLabel = "M",
        description = "Months (default ${DEFAULT-VALUE}).")
    int months;

    @Option(
        names = "--seed",
        defaultValue = "1",
        paramLabel = "S",
        description = "Seed (default ${DEFAULT-VALUE}).")
    long seed;

    @Option(
        names = "--work",
        defaultValue = "var/truth",
        paramLabel = "DIR",
        description = "Folder for data; emptied (default ${DEFAULT-VALUE}).")
    Path work = Path.of("var/truth");

    @Override
    public Integer call() throws Exception {
      new TruthBench(SynthOptions.of(people, months, seed, work.resolve("data")), work)
          .run(this::print);
      return 0;
    }
  }
}
