package cn.ganye.cli;

import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.BuildReport;
import cn.ganye.pool.Pool;
import cn.ganye.pool.PoolBuild;
import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.intake.RefusalReason;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.ServerApplication;
import cn.ganye.server.ServerOptions;
import cn.ganye.server.access.SingleSignOn;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.server.storage.Connections;
import cn.ganye.synth.Synth;
import cn.ganye.synth.SynthOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ganye up}: the demo province, built and shown. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Make the synthetic demo province if there is none, build the pool, show what it says, and run the app until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
  private static final int MONTHS = 36;
  private static final int PEOPLE = 450_000;

  /** Milliseconds between looks whether another build is done. */
  private static final long WAIT = 500;

  /** Says how large the demo is that was made. */
  private static final String SIZE = "_people";

  @Option(
      names = "--people",
      converter = AtLeastOne.class,
      paramLabel = "N",
      description = "Size of the demo province (default " + PEOPLE + ").")
  @Nullable Integer people;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Your own files instead of the demo; their pool and database lie in var/own.")
  @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port of the app (default ${DEFAULT-VALUE}; 0 for any free one).")
  int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address that the app listens on (default ${DEFAULT-VALUE}: this machine only).")
  String host = "127.0.0.1";

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = {
        "A PostgreSQL (15 or later) of your own, as jdbc:postgresql://HOST/DATABASE?user=OWNER&password=…;",
        "the role ganye_app must be there, its password in GANYE_APP_PASSWORD."
      })
  @Nullable String databaseUrl;

  @Option(
      names = "--oidc",
      paramLabel = "FILE",
      description =
          "Let accounts sign in through an OpenID Connect provider too: a properties file with issuer, client-id and client-secret.")
  @Nullable Path oidc;

  @Option(
      names = "--watch-inbox",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Build by itself when files have come to the folder, as usual; or not.")
  boolean watchInbox = true;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean demo = data == null;
    Path files = data == null ? Path.of("var/demo") : data;
    Path pool = Path.of(demo ? "var/pool" : "var/own/pool");
    checkPort();
    if (demo) {
      makeDemo(files);
    }
    long start = System.nanoTime();
    Optional<BuildReport> report =
        lookThrough(
            BuildOptions.of(files, pool, LocalDate.now(PoolCommand.CLOCK)),
            spec.commandLine().getErr());
    double seconds = (System.nanoTime() - start) / 1e9;
    boolean synthetic = demo || Synth.made(files);
    show(out, pool, synthetic);
    if (report.filter(BuildReport::changed).isPresent()) {
      long records = report.get().records();
      out.printf(
          Locale.ROOT,
          "%nBuilt in %.1f s: %,d records, %,.0f records/s.%n",
          seconds,
          records,
          records / seconds);
    } else if (report.isPresent()) {
      out.printf("%nNothing new in %s: the snapshot is unchanged.%n", files);
    } else {
      out.printf(
          "%nA build that was begun earlier is still working: until it is done, figures are those of before.%n");
    }
    Manifest manifest = Pool.at(pool).current();
    out.println("Snapshot " + manifest.snapshot());
    out.println(
        "Ask it:  ./ganye pool query \"SELECT basis, SUM(people) AS people FROM stock WHERE month = "
            + manifest.lastMonth()
            + " AND region_by = 'work' AND region LIKE '3601%' GROUP BY basis ORDER BY people DESC\" --format table");
    out.println("More in README.md: a tour of five minutes.");
    out.println();
    out.flush();
    run(out, new PoolLocation(pool.toAbsolutePath(), files.toAbsolutePath(), synthetic), demo);
    return 0;
  }

  /**
   * Builds what is new. A build that somebody left behind, by killing the app in its midst, goes on
   * by itself: there is nothing to do but to let it, and to wait for it where nothing was
   * published.
   *
   * @return empty if such a build is still working
   */
  static Optional<BuildReport> lookThrough(BuildOptions options, PrintWriter err) throws Exception {
    for (boolean told = false; ; told = true) {
      try {
        return Optional.of(PoolBuild.run(options, new Progress()));
      } catch (PoolProblem problem) {
        if (!problem.code.equals("build-running")) {
          throw problem;
        }
        if (!Pool.at(options.pool()).snapshots().isEmpty()) {
          return Optional.empty();
        }
        if (!told) {
          err.println("Waiting for a build that was begun earlier and is still working …");
          err.flush();
        }
        Thread.sleep(WAIT);
      }
    }
  }

  /** Told before anything is made, so that nobody waits for a build in vain. */
  private void checkPort() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (BindException e) {
      throw PoolProblem.use(
          "port-taken",
          host + ":" + port,
          "another program listens there, or the address is not this machine's",
          "stop it, or choose a port with --port N");
    }
  }

  /** Runs the app until it is told to stop; its database stops after it. */
  private void run(PrintWriter out, PoolLocation pool, boolean demo) throws Exception {
    ServerApplication.Running app =
        ServerApplication.start(
            new ServerOptions(
                port,
                host,
                pool,
                demo,
                Path.of(demo ? "var" : "var/own"),
                external(),
                watchInbox,
                provider()));
    app.closeOnExit();
    if (!app.made().isEmpty()) {
      Table accounts = new Table().row("账号 account", "密码 password", "");
      app.made().forEach(made -> accounts.row(made.username(), made.password(), made.title()));
      out.print(accounts.text());
    }
    out.printf("%n赣业通 is running: http://localhost:%d · Ctrl-C stops it%n", app.port());
    out.flush();
    new CountDownLatch(1).await();
  }

  private @Nullable Connections external() {
    if (databaseUrl == null) {
      return null;
    }
    String password = System.getenv("GANYE_APP_PASSWORD");
    if (password == null) {
      throw PoolProblem.use(
          "application-password-missing",
          "--database-url",
          "the password of the role ganye_app is not told",
          "set GANYE_APP_PASSWORD");
    }
    try {
      return Connections.external(databaseUrl, password);
    } catch (SQLException e) {
      throw PoolProblem.use(
          "database-unusable",
          "--database-url",
          String.valueOf(e.getMessage()),
          "check address, roles and passwords; docs/operations.md says how to make them");
    }
  }

  private @Nullable SingleSignOn provider() throws IOException {
    if (oidc == null) {
      return null;
    }
    try {
      return SingleSignOn.read(oidc);
    } catch (NoSuchFileException e) {
      throw PoolProblem.use(
          "file-missing", oidc.toString(), "there is no such file", "give a file with --oidc");
    } catch (IllegalArgumentException e) {
      throw PoolProblem.use(
          "provider-not-understood",
          oidc.toString(),
          String.valueOf(e.getMessage()),
          "mend the file; docs/operations.md shows one");
    }
  }

  /** Made aside and moved into place whole, so that a demo cut off half way is made again. */
  private void makeDemo(Path data) throws IOException, InterruptedException {
    if (Files.isDirectory(data)) {
      String there = Files.exists(data.resolve(SIZE)) ? Files.readString(data.resolve(SIZE)) : "";
      if (people != null && !there.isEmpty() && !there.equals(people.toString())) {
        throw PoolProblem.use(
            "demo-of-another-size",
            data.toString(),
            "the demo that was made has " + there + " people",
            "leave --people out, or remove var/demo and var/pool to have one of another size made");
      }
      return;
    }
    int size = people == null ? PEOPLE : people;
    Path part = data.resolveSibling("demo.part");
    if (Files.exists(part)) {
      try (Stream<Path> old = Files.walk(part)) {
        for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    spec.commandLine()
        .getErr()
        .printf("Making a synthetic province of %,d people over %d months …%n", size, MONTHS);
    Synth.make(SynthOptions.of(size, MONTHS, 1, part), new Progress()::city);
    Files.writeString(part.resolve(SIZE), Integer.toString(size));
    Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void show(PrintWriter out, Path folder, boolean synthetic) {
    Pool pool = Pool.at(folder);
    int month = pool.current().lastMonth();
    try (QuerySession session = pool.query()) {
      out.println();
      out.println(
          "赣业通 · " + (synthetic ? "合成演示数据 / synthetic demo data, no real person · " : "") + month);
      out.println("按常住地，推断状态 / by residence, inferred status");
      Table table =
          new Table().row("市 city", "人数 people", "就业 employed", "失业 unemployed", "未知 unknown");
      for (List<@Nullable Object> row :
          session.rows(
              "SELECT SUBSTR(region, 1, 4) AS city, SUM(people) AS people,"
                  + " SUM(CASE WHEN status = 'EMPLOYED' THEN people ELSE 0 END) AS employed,"
                  + " SUM(CASE WHEN status = 'UNEMPLOYED' THEN people ELSE 0 END) AS unemployed,"
                  + " SUM(CASE WHEN status = 'UNKNOWN' THEN people ELSE 0 END) AS unknown"
                  + " FROM stock WHERE month = "
                  + month
                  + " AND region_by = 'residence' AND region LIKE '36%' GROUP BY 1 ORDER BY 1")) {
        String code = String.valueOf(row.get(0));
        String city = Regions.china().find(code).map(Region::name).orElse(code);
        table.row(
            city,
            grouped(row.get(1)),
            grouped(row.get(2)),
            grouped(row.get(3)),
            grouped(row.get(4)));
      }
      out.print(table.text());
      out.println();
      Table refused = new Table().row("隔离原因 refused because", "记录 records");
      for (List<@Nullable Object> row :
          session.rows(
              "SELECT reason, SUM(records) AS records FROM refusal GROUP BY reason ORDER BY records DESC, reason")) {
        String title =
            RefusalReason.of(String.valueOf(row.get(0))).map(RefusalReason::title).orElse("");
        refused.row(title + " " + row.get(0), grouped(row.get(1)));
      }
      out.print(refused.text());
    }
  }

  private static String grouped(@Nullable Object number) {
    return number instanceof Number n ? Progress.grouped(n.longValue()) : "";
  }
}
