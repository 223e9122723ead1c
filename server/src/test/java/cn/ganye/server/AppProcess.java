package cn.ganye.server;

import cn.ganye.server.TestApp.Visitor;
import cn.ganye.server.marts.PoolLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The real app in a process of its own, to be killed. */
final class AppProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  final Process process;
  final Path log;
  final int port;
  private final Map<String, String> passwords;

  private AppProcess(Process process, Path log, List<String> said) {
    this.process = process;
    this.log = log;
    this.port = Integer.parseInt(said.getFirst().substring("PORT ".length()));
    this.passwords =
        said.stream()
            .filter(line -> line.startsWith("ACCOUNT "))
            .map(line -> line.split(" "))
            .collect(Collectors.toMap(words -> words[1], words -> words[2]));
  }

  /** Starts it on the files, the pool and the state under a folder. */
  static AppProcess start(Path folder, boolean watchInbox) throws Exception {
    Path log = folder.resolve("app.log");
    Path said = folder.resolve("said");
    Files.deleteIfExists(said);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AppProcess.class.getName(),
                folder.toString(),
                Boolean.toString(watchInbox))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(said)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(Files.readString(log));
      }
      Thread.sleep(100);
    }
    return new AppProcess(process, log, Files.readAllLines(said));
  }

  Visitor signedIn(String username) throws Exception {
    Visitor visitor = new Visitor(port);
    if (visitor.signIn(username, passwords.get(username)).status() != 200) {
      throw new IllegalStateException(username);
    }
    return visitor;
  }

  /** Ends it without asking. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IOException("the app does not stop");
    }
  }

  /** Runs the app on {@code FOLDER}, watching its inbox if {@code true} follows. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    ServerApplication.Running app =
        ServerApplication.start(
            new ServerOptions(
                0,
                "127.0.0.1",
                new PoolLocation(folder.resolve("pool"), folder.resolve("files"), true),
                true,
                folder,
                null,
                Boolean.parseBoolean(arguments[1]),
                null));
    app.closeOnExit();
    String said =
        app.made().stream()
            .map(made -> "ACCOUNT " + made.username() + " " + made.password())
            .collect(Collectors.joining("\n", "PORT " + app.port() + "\n", "\n"));
    Path part = folder.resolve("said.part");
    Files.writeString(part, said);
    Files.move(part, folder.resolve("said"));
  }
}
