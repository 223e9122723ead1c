package cn.ganye.server.intake;

import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.BuildReport;
import cn.ganye.pool.BuildStage;
import cn.ganye.pool.PoolBuild;
import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A build of the pool in a process of its own: {@code POOL FILES PROGRESS}. How far it is stands in
 * the file PROGRESS, so that it goes on, and is found again, when the server is not there.
 */
public final class BuildProcess {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long EVERY_NANOS = 300_000_000;

  private BuildProcess() {}

  /**
   * How far a build is.
   *
   * @param stage code word of the stage
   * @param what file, step or mart at hand
   * @param done of {@code of} bytes, steps or files
   * @param snapshot the one made; empty until it is
   * @param changed whether that is another than before
   * @param problem code of what stopped it; empty if nothing did
   */
  public record Progress(
      String stage,
      String what,
      long done,
      long of,
      long records,
      String snapshot,
      boolean changed,
      String problem) {}

  /** Builds, and says how far it is as it goes. */
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[2]);
    try {
      BuildReport report =
          PoolBuild.run(
              BuildOptions.of(
                  Path.of(arguments[1]),
                  Path.of(arguments[0]),
                  LocalDate.now(ZoneId.of("Asia/Shanghai"))),
              new Telling(file));
      write(
          file,
          new Progress(
              "done",
              "",
              1,
              1,
              report.records(),
              report.manifest().snapshot(),
              report.changed(),
              ""));
    } catch (PoolProblem problem) {
      write(file, new Progress("failed", "", 0, 0, 0, "", false, problem.code));
      System.exit(1);
    } catch (Exception failure) {
      write(
          file, new Progress("failed", "", 0, 0, 0, "", false, failure.getClass().getSimpleName()));
      System.exit(1);
    }
  }

  /** Reads how far a build is. */
  public static Progress read(Path file) {
    return JSON.readValue(file.toFile(), Progress.class);
  }

  private static void write(Path file, Progress progress) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, JSON.writeValueAsBytes(progress));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static final class Telling implements BuildListener {
    private final Path file;
    private long last;
    private long records;

    Telling(Path file) {
      this.file = file;
    }

    @Override
    public void stage(BuildStage stage) {
      last = 0;
      progress(stage, "", 0, 0, records);
    }

    @Override
    public void progress(BuildStage stage, String what, long done, long of, long soFar) {
      long now = System.nanoTime();
      if (last != 0 && now - last < EVERY_NANOS) {
        return;
      }
      last = now;
      records = stage == BuildStage.INTAKE ? soFar : records;
      try {
        write(
            file,
            new Progress(
                stage.name().toLowerCase(Locale.ROOT), what, done, of, records, "", false, ""));
      } catch (IOException e) {
        System.err.println(Map.of("progress", String.valueOf(e.getMessage())));
      }
    }
  }
}
