package cn.ganye.bench;

import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.BuildReport;
import cn.ganye.pool.BuildStage;
import cn.ganye.pool.Pool;
import cn.ganye.pool.PoolBuild;
import cn.ganye.synth.Synth;
import cn.ganye.synth.SynthOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Generates a province, builds its pool and runs the floor, builds and floors taking turns; the
 * best of each counts.
 */
public final class PoolBench {
  /** Hears each figure. */
  @FunctionalInterface
  public interface Figures {
    /** One figure as it is printed. */
    void figure(String name, String value, String unit);
  }

  private final int people;
  private final int months;
  private final int rounds;
  private final boolean postgres;
  private final Path work;
  private final String mainClass;

  /**
   * Measures with the given size.
   *
   * @param postgres whether PostgreSQL derives the same once
   * @param mainClass that of the command
   */
  public PoolBench(
      int people, int months, int rounds, boolean postgres, Path work, String mainClass) {
    this.people = people;
    this.months = months;
    this.rounds = rounds;
    this.postgres = postgres;
    this.work = work;
    this.mainClass = mainClass;
  }

  /** Runs all of it. */
  public void run(Figures figures) throws Exception {
    Folders.delete(work);
    Files.createDirectories(work);
    Path data = work.resolve("data");
    long start = System.nanoTime();
    Synth.Result made =
        Synth.make(SynthOptions.of(people, months, 1, data), (done, of, records) -> {});
    double generation = (System.nanoTime() - start) / 1e9;
    figures.figure("generation", seconds(generation), "s");
    double build = Double.MAX_VALUE;
    double floor = Double.MAX_VALUE;
    double intake = 0;
    double derivation = 0;
    double steps = 0;
    String snapshot = "";
    long peak = 0;
    for (int round = 0; round < rounds; round++) {
      Path pool = work.resolve("pool-" + round);
      ChildProcess built =
          ChildProcess.run(
              work.resolve("build.log"),
              mainClass,
              List.of(
                  "pool", "build", "--in", data.toString(), "--pool", pool.toString(), "--json"));
      if (built.seconds() < build) {
        build = built.seconds();
        intake = stages(built, "scan", "intake", "settle");
        derivation = stages(built, "derive", "check", "publish", "adopt", "swap", "sweep");
        steps = stages(built, "derive", "check");
      }
      peak = Math.max(peak, built.peakMiB());
      Path clean = work.resolve("clean");
      if (round == 0) {
        snapshot = Pool.at(pool).current().snapshot();
        PoolFloor.prepare(pool, clean, work.resolve("spill"));
      }
      floor =
          Math.min(
              floor,
              ChildProcess.run(
                      work.resolve("floor.log"),
                      PoolFloor.class.getName(),
                      List.of(clean.toString(), work.resolve("floor").toString()))
                  .seconds());
      Folders.delete(pool);
      Folders.delete(work.resolve("floor"));
    }
    figures.figure("intake", seconds(intake), "s");
    figures.figure("derivation", seconds(derivation), "s");
    figures.figure("build", seconds(build), "s");
    figures.figure("floor", seconds(floor), "s");
    figures.figure("peak-memory", Long.toString(peak), "MiB");
    figures.figure("rate", Long.toString(Math.round(made.records() / build)), "records/s");
    figures.figure("floor-rate", Long.toString(Math.round(made.records() / floor)), "records/s");
    if (postgres) {
      double theirs = postgres(data, snapshot);
      figures.figure("steps", seconds(steps), "s");
      figures.figure("postgresql-steps", seconds(theirs), "s");
      figures.figure("postgresql-ratio", seconds(theirs / steps), "times");
    }
    Folders.delete(work);
  }

  /** Seconds of steps and checks in PostgreSQL, which must come to the same snapshot. */
  private double postgres(Path data, String snapshot) throws Exception {
    BuildReport report =
        PoolBuild.run(
            BuildOptions.of(
                    data,
                    work.resolve("pool-postgresql"),
                    LocalDate.now(ZoneId.of("Asia/Shanghai")))
                .on(() -> PostgresDerivation.open(work.resolve("postgresql"))),
            BuildListener.SILENT);
    if (!report.manifest().snapshot().equals(snapshot)) {
      throw new IllegalStateException("PostgreSQL came to another snapshot");
    }
    return report.took().stepSeconds().values().stream().mapToDouble(Double::doubleValue).sum()
        + Objects.requireNonNull(report.took().seconds().get(BuildStage.CHECK));
  }

  private static double stages(ChildProcess built, String... names) {
    return Arrays.stream(names).mapToDouble(built::number).sum();
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
