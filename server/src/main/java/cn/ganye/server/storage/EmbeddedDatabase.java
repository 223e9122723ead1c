package cn.ganye.server.storage;

import cn.ganye.pool.PoolProblem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL of our own, with its data under one folder, on loopback, durable, and open to
 * nobody without a password. One that a killed server left behind is stopped before the next start;
 * one that ends while we run is started again on its port.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String SUPERUSER = "postgres";

  /** The line of {@code postmaster.pid} with the port, counted from 0. */
  private static final int PORT_LINE = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration BETWEEN_STARTS = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

  private final Path folder;
  private final Secrets secrets;
  private EmbeddedPostgres postgres;
  private boolean closed;

  private EmbeddedDatabase(Path folder, EmbeddedPostgres postgres, Secrets secrets) {
    this.folder = folder;
    this.postgres = postgres;
    this.secrets = secrets;
  }

  /**
   * Starts it, making it first if the folder is new.
   *
   * @throws IOException if the folder cannot be used or the database does not come up
   */
  public static EmbeddedDatabase start(Path folder) throws IOException {
    Path data = folder.toAbsolutePath().resolve("data");
    boolean fresh = !Files.exists(data.resolve("PG_VERSION"));
    Files.createDirectories(folder);
    refuseIfServed(data);
    stopLeftBehind(data);
    Secrets secrets = Secrets.in(folder);
    EmbeddedPostgres postgres = launch(folder, secrets, fresh, 0);
    EmbeddedDatabase database = new EmbeddedDatabase(folder, postgres, secrets);
    try {
      if (fresh) {
        database.lock(data);
      }
    } catch (SQLException e) {
      database.close();
      throw new IOException("setting up the database in " + folder, e);
    }
    database.watch();
    return database;
  }

  /**
   * @param port 0 for any free one
   */
  private static EmbeddedPostgres launch(Path folder, Secrets secrets, boolean fresh, int port)
      throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.toAbsolutePath().resolve("data"))
            .setPort(port)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("max_connections", "60")
            .setServerConfig("timezone", "UTC")
            .setPGStartupWait(PATIENCE)
            .setErrorRedirector(log(folder))
            .setOutputRedirector(log(folder));
    if (fresh) {
      builder.setLocaleConfig("locale", "C.UTF-8").setLocaleConfig("encoding", "UTF-8");
    } else {
      builder.setConnectConfig("password", secrets.superuser());
    }
    return builder.start();
  }

  /** Starts it again when its process ends and nobody has closed it. */
  private void watch() throws IOException {
    List<String> lines =
        Files.readAllLines(folder.toAbsolutePath().resolve("data").resolve("postmaster.pid"));
    ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .ifPresent(process -> process.onExit().thenRun(this::startAgain));
  }

  private synchronized void startAgain() {
    while (!closed) {
      LOG.warn("the database has stopped; starting it again");
      try {
        int port = postgres.getPort();
        postgres.close();
        stopLeftBehind(folder.toAbsolutePath().resolve("data"));
        postgres = launch(folder, secrets, false, port);
        watch();
        return;
      } catch (IOException | RuntimeException e) {
        LOG.warn("the database does not start: {}", e.getClass().getSimpleName());
      }
      try {
        wait(BETWEEN_STARTS.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static ProcessBuilder.Redirect log(Path folder) {
    return ProcessBuilder.Redirect.appendTo(folder.resolve("postgres.log").toFile());
  }

  /** From the first start on, nobody connects without a password. */
  private void lock(Path data) throws SQLException, IOException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE postgres PASSWORD '" + secrets.superuser() + "'");
      Files.writeString(
          data.resolve("pg_hba.conf"),
          "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n",
          StandardOpenOption.TRUNCATE_EXISTING);
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  /** How the owner of the tables connects; makes database and roles if they are missing. */
  public Connections connections() {
    String url = postgres.getJdbcUrl(SUPERUSER, "postgres");
    String server = url.substring(0, url.lastIndexOf('/') + 1);
    return Connections.prepare(server, SUPERUSER, secrets);
  }

  /** Something that is done with the database as its owner. */
  @FunctionalInterface
  public interface OwnersWork<T> {
    /** Does it. */
    T with(Connection connection) throws SQLException;
  }

  /**
   * Does something as the owner of the tables: in the database that a running app has open, else in
   * one started for the purpose.
   *
   * @throws IOException if there is no database in the folder, or it does not come up
   */
  public static <T> T asOwner(Path folder, OwnersWork<T> work) throws IOException, SQLException {
    Path data = folder.toAbsolutePath().resolve("data");
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      throw new IOException("there is no database in " + folder);
    }
    Path pidFile = data.resolve("postmaster.pid");
    if (Files.exists(pidFile)) {
      List<String> lines = Files.readAllLines(pidFile);
      if (lines.size() > PORT_LINE && ours(Long.parseLong(lines.getFirst().strip()), data)) {
        String server = "jdbc:postgresql://127.0.0.1:" + lines.get(PORT_LINE).strip() + "/";
        return work(server, Secrets.in(folder), work);
      }
    }
    try (EmbeddedDatabase database = start(folder)) {
      database.connections();
      String url = database.postgres.getJdbcUrl(SUPERUSER, "postgres");
      return work(url.substring(0, url.lastIndexOf('/') + 1), database.secrets, work);
    }
  }

  private static <T> T work(String server, Secrets secrets, OwnersWork<T> work)
      throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(
            server + Connections.DATABASE, Connections.OWNER, secrets.owner())) {
      return work.with(connection);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    postgres.close();
  }

  /** Whoever serves a folder holds a lock on it; its database is not to be stopped. */
  private static void refuseIfServed(Path data) throws IOException {
    Path lock = data.resolve("epg-lock");
    if (!Files.exists(lock)) {
      return;
    }
    boolean served;
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      served = free == null;
    } catch (OverlappingFileLockException e) {
      served = true;
    }
    if (served) {
      throw PoolProblem.work(
          "database-in-use",
          data.toString(),
          "another app is running on this folder",
          "stop it first (Ctrl-C where it was started), then try again");
    }
  }

  /**
   * Stops a server process that still works on this folder though nobody serves it: it was left
   * behind when its parent was killed. Fast shutdown: sessions end, nothing committed is lost.
   */
  private static void stopLeftBehind(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    long pid = lines.isEmpty() ? -1 : Long.parseLong(lines.getFirst().strip());
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty() || !ours(pid, data)) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (process.get().isAlive() && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (process.get().isAlive()) {
      throw new IOException("the database process " + pid + " of " + data + " does not stop");
    }
  }

  /** Whether the process that goes by a number is a PostgreSQL on this folder, not a newcomer. */
  private static boolean ours(long pid, Path data) {
    try {
      String command = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      return command.contains("postgres") && command.contains(data.toString());
    } catch (IOException e) {
      return false;
    }
  }

  /** Passwords of the roles, made at random with the database and readable by its owner alone. */
  record Secrets(String superuser, String owner, String application) {
    static Secrets in(Path folder) throws IOException {
      Path file = folder.resolve("secrets");
      if (!Files.exists(file)) {
        Path part = folder.resolve("secrets.part");
        Files.deleteIfExists(part);
        Files.createFile(
            part,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(part, List.of(random(), random(), random()));
        Files.move(part, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      }
      List<String> lines = Files.readAllLines(file);
      return new Secrets(lines.get(0), lines.get(1), lines.get(2));
    }

    private static String random() {
      byte[] bytes = new byte[24];
      new java.security.SecureRandom().nextBytes(bytes);
      return java.util.HexFormat.of().formatHex(bytes);
    }
  }
}
