package cn.ganye.engine.spark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A standalone Master and its Workers as processes of this machine, on loopback, from Spark's jars:
 * for tests and measurements.
 */
public final class Standalone implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final long LOOK_MILLIS = 200;
  private static final Pattern ALIVE = Pattern.compile("\"aliveworkers\"\\s*:\\s*(\\d+)");

  private final Path home;
  private final Path folder;
  private final int port;
  private final int page;
  private final List<Process> workers = new ArrayList<>();
  private final Process master;

  /**
   * Starts a Master.
   *
   * @param home Spark's own folder, with its {@code jars}
   * @param folder for logs and what workers put aside
   */
  public Standalone(Path home, Path folder) throws IOException, InterruptedException {
    this.home = home.toAbsolutePath();
    this.folder = folder.toAbsolutePath();
    this.port = free();
    this.page = free();
    this.master =
        start(
            "master",
            List.of(),
            "org.apache.spark.deploy.master.Master",
            List.of("--port", "" + port, "--webui-port", "" + page));
    waitFor(0);
  }

  /** Its address. */
  public String master() {
    return "spark://127.0.0.1:" + port;
  }

  /**
   * Starts a Worker of one core and waits until the Master knows it.
   *
   * @param memory that executors may have of it, as Spark writes it
   * @param before words before its command, if something is to be arranged for it first
   * @return its process; executors are below it
   */
  public Process worker(String memory, List<String> before)
      throws IOException, InterruptedException {
    String name = "worker-" + workers.size();
    List<String> arguments =
        List.of(
            "--webui-port",
            "0",
            "--cores",
            "1",
            "--memory",
            memory,
            "--work-dir",
            folder.resolve(name).resolve("work").toString(),
            master());
    workers.add(start(name, before, "org.apache.spark.deploy.worker.Worker", arguments));
    waitFor(workers.size());
    return workers.getLast();
  }

  private Process start(String name, List<String> before, String mainClass, List<String> arguments)
      throws IOException {
    Path local = folder.resolve(name).resolve("local");
    Files.createDirectories(local);
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.matches("--add-opens.*|--sun-misc.*|-D(jdk|io\\.netty).*"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", home.resolve("jars") + File.separator + "*", mainClass));
    command.addAll(List.of("--host", "127.0.0.1"));
    command.addAll(arguments);
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    process
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "SPARK_LOCAL_DIRS",
                local.toString(),
                "JAVA_HOME",
                System.getProperty("java.home")));
    return process.start();
  }

  /** Until the Master answers and knows so many workers. */
  private void waitFor(int known) throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest question =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + "/json/")).build();
      while (System.currentTimeMillis() < end && master.isAlive()) {
        try {
          Matcher alive =
              ALIVE.matcher(client.send(question, HttpResponse.BodyHandlers.ofString()).body());
          if (alive.find() && Integer.parseInt(alive.group(1)) >= known) {
            return;
          }
        } catch (IOException notYet) {
          // It is still starting.
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
    close();
    throw new IOException(
        "the Spark master and " + known + " workers did not come up; see the logs in " + folder);
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends the executors, the workers and the master. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>();
    for (Process worker : workers) {
      worker.descendants().forEach(all::add);
      all.add(worker.toHandle());
    }
    all.add(master.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }
}
