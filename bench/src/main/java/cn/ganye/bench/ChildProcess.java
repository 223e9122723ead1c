package cn.ganye.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java process of our own, with its wall time and the peak memory of its tree: what the system
 * has kept as the most that each process held, by two samples one after the other, since a child
 * that has not begun its own program shows its parent's. Samples are few, since looking for
 * descendants takes the time of what is measured.
 */
record ChildProcess(String output, double seconds, long peakMiB) {
  private static final long SAMPLE_MILLIS = 500;

  static ChildProcess run(Path log, String mainClass, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    Path out = log.resolveSibling(log.getFileName() + ".out");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectError(log.toFile())
            .redirectOutput(out.toFile())
            .start();
    long peak = 0;
    long before = 0;
    while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
      long now = tree(process.toHandle());
      peak = Math.max(peak, Math.min(before, now));
      before = now;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          mainClass
              + " ended with "
              + process.exitValue()
              + "; see "
              + log
              + "\n"
              + Files.readString(log));
    }
    return new ChildProcess(Files.readString(out), seconds, peak);
  }

  /** A number that it printed as JSON; 0 if there is none of that name. */
  double number(String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":([0-9.E-]+)").matcher(output);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  private static long tree(ProcessHandle root) {
    try (Stream<ProcessHandle> below = root.descendants()) {
      return Stream.concat(Stream.of(root), below)
          .mapToLong(process -> mostResidentMiB(process.pid()))
          .sum();
    }
  }

  /** The most resident memory so far by Linux's account; 0 where there is none. */
  private static long mostResidentMiB(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException gone) {
      return 0;
    }
    return 0;
  }
}
