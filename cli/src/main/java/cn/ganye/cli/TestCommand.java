package cn.ganye.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code ./ganye test}: the launcher runs it before any Java is built; this only keeps it in the
 * help.
 */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description =
        "Check the format, compile with Error Prone and NullAway, run all tests: the launcher does.")
final class TestCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.err.println(
        "ganye: run ./ganye test from the repository; the launcher does it [not-here]");
    return 2;
  }
}
