package cn.ganye.server.intake.internal;

import cn.ganye.server.access.Audit;
import cn.ganye.server.access.Current;
import cn.ganye.server.intake.BuildProcess;
import cn.ganye.server.intake.BuildProcess.Progress;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.storage.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;

/**
 * Builds of the pool as jobs: one at a time, each in a process of its own, which outlives a restart
 * of the server and is found again by its number and its file of progress.
 */
@Service
class Builds {
  private static final Scope KEEPER = new Scope("", "keeper", "");

  /** A build as the desk shows it. */
  record Build(
      UUID id,
      String state,
      String askedBy,
      Instant askedAt,
      String stage,
      String what,
      long done,
      long of,
      long records,
      String snapshot,
      String problem,
      @Nullable Instant endedAt) {}

  private record Running(UUID id, long process) {}

  private final PoolLocation location;
  private final JdbcClient database;
  private final TransactionTemplate transactions;
  private final Audit audit;
  private final Clock clock;

  Builds(
      PoolLocation location,
      JdbcClient database,
      TransactionTemplate transactions,
      Audit audit,
      Clock clock) {
    this.location = location;
    this.database = database;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** The last twenty, the newest first. */
  @Transactional(readOnly = true)
  public List<Build> list() {
    return database
        .sql("SELECT * FROM intake.build ORDER BY asked_at DESC LIMIT 20")
        .query(
            (row, number) -> {
              Timestamp ended = row.getTimestamp("ended_at");
              return new Build(
                  row.getObject("id", UUID.class),
                  row.getString("state"),
                  row.getString("asked_by"),
                  row.getTimestamp("asked_at").toInstant(),
                  row.getString("stage"),
                  row.getString("what"),
                  row.getLong("done"),
                  row.getLong("of"),
                  row.getLong("records"),
                  row.getString("snapshot"),
                  row.getString("problem"),
                  ended == null ? null : ended.toInstant());
            })
        .list();
  }

  /**
   * Starts one.
   *
   * @throws Problem if one is running: it is the same build that would be asked for
   */
  @Transactional
  public UUID start() {
    UUID id;
    try {
      id = enter(Current.account().username());
    } catch (DuplicateKeyException e) {
      throw Problem.of(HttpStatus.CONFLICT, "build-running", "已有一次构建正在进行", "等它完成后再开始");
    }
    audit.write("build-started", id.toString(), "", "");
    launchEntered(id);
    return id;
  }

  /**
   * Starts one that nobody asked for.
   *
   * @return whether it was started; not if one is running
   */
  boolean startByItself(String because) throws Exception {
    try {
      return KEEPER.call(
          () ->
              transactions.execute(
                  status -> {
                    UUID id = enter(because);
                    audit.writeUnknown(because, "build-started", id.toString());
                    launchEntered(id);
                    return true;
                  }));
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  private UUID enter(String askedBy) {
    UUID id = UUID.randomUUID();
    database
        .sql("INSERT INTO intake.build (id, state, asked_by, asked_at) VALUES (?, 'running', ?, ?)")
        .param(id)
        .param(askedBy)
        .param(Timestamp.from(clock.instant()))
        .update();
    return id;
  }

  private void launchEntered(UUID id) {
    try {
      Process process = launch(id);
      database
          .sql("UPDATE intake.build SET process = ? WHERE id = ?")
          .param(process.pid())
          .param(id)
          .update();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch(UUID id) throws IOException {
    Path jobs = Files.createDirectories(location.root().resolve("jobs"));
    String java =
        Path.of(System.getProperty("java.home"), "bin", "java").toAbsolutePath().toString();
    return new ProcessBuilder(
            "nice",
            "-n",
            "10",
            java,
            "-XX:+UseParallelGC",
            "-XX:MaxRAMPercentage=25",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            BuildProcess.class.getName(),
            location.root().toAbsolutePath().toString(),
            location.files().toAbsolutePath().toString(),
            progress(id).toString())
        .redirectErrorStream(true)
        .redirectOutput(jobs.resolve(id + ".log").toFile())
        .start();
  }

  private Path progress(UUID id) {
    return location.root().toAbsolutePath().resolve("jobs").resolve(id + ".json");
  }

  /** Stops one; what it has not published is swept by the next. */
  @Transactional
  public void cancel(UUID id) {
    Running running =
        running()
            .filter(r -> r.id().equals(id))
            .orElseThrow(
                () ->
                    Problem.of(HttpStatus.CONFLICT, "build-not-running", "这次构建不在进行中", "刷新页面查看状态"));
    ProcessHandle.of(running.process()).ifPresent(ProcessHandle::destroy);
    end(id, "cancelled", "", "");
    audit.write("build-cancelled", id.toString(), "", "");
  }

  private Optional<Running> running() {
    return database
        .sql("SELECT id, process FROM intake.build WHERE state = 'running' AND process IS NOT NULL")
        .query((row, number) -> new Running(row.getObject(1, UUID.class), row.getLong(2)))
        .optional();
  }

  private void end(UUID id, String state, String snapshot, String problem) {
    database
        .sql(
            "UPDATE intake.build SET state = ?, snapshot = ?, problem = ?, ended_at = ? WHERE id = ? AND state = 'running'")
        .param(state)
        .param(snapshot)
        .param(problem)
        .param(Timestamp.from(clock.instant()))
        .param(id)
        .update();
  }

  /** Takes over how far the running build is; ends it when its process is gone. */
  @Scheduled(fixedDelay = 700)
  void follow() throws Exception {
    KEEPER.call(
        () ->
            transactions.execute(
                status -> {
                  running().ifPresent(this::follow);
                  return true;
                }));
  }

  /** What a build says of itself; empty while it says nothing that can be read. */
  private Optional<Progress> told(UUID id) {
    Path file = progress(id);
    try {
      return Files.exists(file) ? Optional.of(BuildProcess.read(file)) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private void follow(Running running) {
    boolean alive = ProcessHandle.of(running.process()).map(ProcessHandle::isAlive).orElse(false);
    Optional<Progress> told = told(running.id());
    if (told.isEmpty()) {
      if (!alive) {
        end(running.id(), "lost", "", "process-gone");
      }
      return;
    }
    Progress progress = told.get();
    database
        .sql(
            "UPDATE intake.build SET stage = ?, what = ?, done = ?, of = ?, records = ? WHERE id = ?")
        .param(progress.stage())
        .param(progress.what())
        .param(progress.done())
        .param(progress.of())
        .param(progress.records())
        .param(running.id())
        .update();
    switch (progress.stage()) {
      case "done" ->
          end(running.id(), progress.changed() ? "done" : "unchanged", progress.snapshot(), "");
      case "failed" -> end(running.id(), "failed", "", progress.problem());
      default -> {
        if (!alive) {
          end(running.id(), "lost", "", "process-gone");
        }
      }
    }
  }
}
