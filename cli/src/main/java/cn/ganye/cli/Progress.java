package cn.ganye.cli;

import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildStage;
import cn.ganye.pool.snapshot.PoolFolder;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Shows a build's progress on standard error: one living line on a terminal, elsewhere a line a
 * stage and, while one lasts, a line each half a minute.
 */
final class Progress implements BuildListener {
  private final PrintStream err = System.err;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private final long pause = TimeUnit.MILLISECONDS.toNanos(terminal ? 100 : 30_000);
  private long stageStart = System.nanoTime();
  private long shown = stageStart;
  private BuildStage current = BuildStage.SCAN;
  private long lastRecords;

  @Override
  public void stage(BuildStage stage) {
    long now = System.nanoTime();
    if (stage != BuildStage.SCAN) {
      line(
          String.format(
              Locale.ROOT,
              "%-8s %6.1f s%s",
              word(current),
              (now - stageStart) / 1e9,
              lastRecords > 0 ? "  " + grouped(lastRecords) + " records" : ""),
          true);
    }
    current = stage;
    stageStart = now;
    lastRecords = 0;
  }

  @Override
  public void progress(BuildStage stage, String what, long done, long of, long records) {
    lastRecords = stage == BuildStage.INTAKE ? records : 0;
    if (due()) {
      line(how(word(stage), done, of, lastRecords) + "  " + what, !terminal);
    }
  }

  /** Hears of a synthetic city that is written. */
  void city(int done, int of, long records) {
    line(how("synth", done, of, records), !terminal || done == of);
  }

  /** Hears of files that are done, by a word for what is done to them. */
  PoolFolder.Moved files(String word) {
    return (file, done, of) -> {
      if (done == of || due()) {
        line(how(word, done, of, 0) + (done == of ? "" : "  " + file), !terminal || done == of);
      }
    };
  }

  private boolean due() {
    return System.nanoTime() - shown >= pause;
  }

  /** How far, how fast, how long still. */
  private String how(String word, long done, long of, long records) {
    shown = System.nanoTime();
    return how(word, done, of, records, Math.max((shown - stageStart) / 1e9, 0.001));
  }

  /** The time left is told once a hundredth is done: of less it would be a wild guess. */
  static String how(String word, long done, long of, long records, double seconds) {
    String pace =
        records > 0
            ? grouped(records) + " records  " + grouped((long) (records / seconds)) + " records/s"
            : done + "/" + of;
    long percent = of == 0 ? 0 : done * 100 / of;
    String left =
        percent == 0
            ? ""
            : String.format(Locale.ROOT, "  %.0f s left", seconds * (of - done) / done);
    return String.format(Locale.ROOT, "%-8s %3d %%  %s%s", word, percent, pace, left);
  }

  private void line(String text, boolean end) {
    if (terminal) {
      err.print("\r\u001b[2K" + text + (end ? "\n" : ""));
    } else if (end) {
      err.println(text);
    }
    err.flush();
  }

  private static String word(BuildStage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
