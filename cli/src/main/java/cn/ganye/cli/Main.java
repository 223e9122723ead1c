package cn.ganye.cli;

import cn.ganye.engine.EngineException;
import cn.ganye.pool.DiskTrouble;
import cn.ganye.pool.PoolProblem;
import cn.ganye.statistics.StatisticsProblem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./ganye}: the one command. Exit status 0 done, 1 the work failed, 2 wrong use. */
@Command(
    name = "ganye",
    mixinStandardHelpOptions = true,
    description = {
      "赣业通：江西省公共就业信息系统。",
      "The public-employment information system of Jiangxi's employment plan.",
      ""
    },
    subcommands = {
      UpCommand.class,
      TestCommand.class,
      SynthCommand.class,
      PoolCommand.class,
      FlowsCommand.class,
      IdCommand.class,
      SurveyCommand.class,
      SeasonCommand.class,
      WatchCommand.class,
      ReferenceCommand.class,
      AuditCommand.class,
      ScreenshotsCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done · 1 the work failed · 2 wrong use. Errors go to standard error.",
      "Start with: ./ganye up"
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Class<?> named = Main.class;
    StringBuilder name = new StringBuilder("ganye");
    int at = 0;
    for (Class<?> next = below(named, arguments, at);
        next != null;
        next = below(named, arguments, at)) {
      named = next;
      name.append(' ').append(arguments[at++]);
    }
    CommandLine line = new CommandLine(named).setCommandName(name.toString());
    line.setOut(out).setErr(err);
    nameVersion(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(110);
    line.setExecutionExceptionHandler((failure, command, parsed) -> say(failure, err));
    if (arguments.length == 0) {
      line.usage(err);
      return 2;
    }
    return line.execute(Arrays.copyOfRange(arguments, at, arguments.length));
  }

  /**
   * The command that an argument names below another, so that it can be set up alone: setting up
   * all of them takes a third of the start. Null if there is none, or one that needs the others.
   */
  private static @Nullable Class<?> below(Class<?> command, String[] arguments, int at) {
    for (Class<?> below : command.getAnnotation(Command.class).subcommands()) {
      if (at < arguments.length
          && below != CommandLine.HelpCommand.class
          && below.getAnnotation(Command.class).name().equals(arguments[at])) {
        return below;
      }
    }
    return null;
  }

  private static void nameVersion(CommandLine command) {
    String version = Main.class.getPackage().getImplementationVersion();
    command.getCommandSpec().version("ganye " + (version == null ? "of no release" : version));
    command.getSubcommands().values().forEach(Main::nameVersion);
  }

  /** The engine's own memory, or the heap of what it asked for rows. */
  private static boolean memoryShort(String words) {
    return words.contains("Out of Memory Error") || words.contains("OutOfMemoryError");
  }

  private static int say(Exception failure, PrintWriter err) {
    if (failure instanceof PoolProblem problem) {
      err.println(problem.place + ": " + problem.getMessage() + " [" + problem.code + "]");
      err.println("  next: " + problem.next);
      return problem.kind == PoolProblem.Kind.USE ? 2 : 1;
    }
    if (failure instanceof StatisticsProblem problem) {
      err.println("ganye: " + problem.getMessage() + " [" + problem.code + "]");
      err.println("  next: " + problem.next);
      return 2;
    }
    if (DiskTrouble.isFull(failure)) {
      err.println("ganye: the disk is full: " + failure.getMessage() + " [disk-full]");
      err.println("  next: make room and run this again; what was there before is as it was");
      return 1;
    }
    if (DiskTrouble.isFailing(failure)) {
      err.println("ganye: the disk fails: " + failure.getMessage() + " [disk-failing]");
      err.println(
          "  next: run this again; if it stays so, restore the last backup onto another disk");
      return 1;
    }
    if (failure instanceof EngineException && memoryShort(String.valueOf(failure.getMessage()))) {
      err.println("ganye: " + failure.getMessage() + " [memory-short]");
      err.println("  next: give more with --memory, or fewer --threads; nothing was published");
      return 1;
    }
    err.println(
        "ganye: "
            + failure.getClass().getSimpleName()
            + ": "
            + failure.getMessage()
            + " [internal-error]");
    err.println("  next: run again with GANYE_TRACE=1 and report what it prints");
    if (System.getenv("GANYE_TRACE") != null) {
      failure.printStackTrace(err);
    }
    return 1;
  }
}
