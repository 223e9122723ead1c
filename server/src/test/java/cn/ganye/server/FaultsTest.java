package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is killed, stopped or full: a clear problem, nothing lost, recovery without hands. */
class FaultsTest {
  private static final int FILE_BYTES = 3 << 20;

  @TempDir static Path folder;

  @BeforeAll
  static void copyProvince() throws Exception {
    TestApp other = TestApp.running();
    copy(other.files, folder.resolve("files"));
    copy(other.pool, folder.resolve("pool"));
  }

  private static void copy(Path from, Path to) throws Exception {
    Process copying =
        new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start();
    assertThat(copying.waitFor()).isZero();
  }

  /** A file of deaths of nobody known, so big. */
  private static byte[] file(int bytes, int seed) {
    StringBuilder text = new StringBuilder("姓名,证件号码,死亡日期,注销日期,火化日期\n");
    while (text.length() < bytes) {
      text.append("甲,369901196001011237,2024-01-05,,").append(seed).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T eventually(Callable<T> what, java.util.function.Predicate<T> wanted)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    T now = what.call();
    while (!wanted.test(now) && System.nanoTime() < deadline) {
      Thread.sleep(20);
      now = what.call();
    }
    return now;
  }

  private static JsonNode lastBuild(Visitor visitor) throws Exception {
    return visitor.get("/api/v1/intake/builds").json().path(0);
  }

  private static JsonNode builtToTheEnd(Visitor visitor) throws Exception {
    return eventually(
        () -> lastBuild(visitor), build -> !build.path("state").asString().equals("running"));
  }

  private static void noTraceInTheLog(AppProcess app) throws IOException {
    assertThat(Files.readString(app.log)).doesNotContain("\tat ").doesNotContain("369901196001");
  }

  @Test
  void killed_in_mid_upload_it_keeps_what_had_come_and_forgets_the_half() throws Exception {
    try (AppProcess app = AppProcess.start(folder, false)) {
      Visitor admin = app.signedIn("admin");
      assertThat(
              admin
                  .upload("/api/v1/intake/uploads", "deceased_360700__20260201.csv", file(200, 1))
                  .status())
          .isEqualTo(200);
      CountDownLatch half = new CountDownLatch(1);
      CompletableFuture<?> sending =
          admin.uploadHalf("/api/v1/intake/uploads", "deceased_360700__20260202.csv", half);
      assertThat(half.await(20, TimeUnit.SECONDS)).isTrue();
      app.kill();
      assertThat(sending).failsWithin(20, TimeUnit.SECONDS);
    }
    try (AppProcess app = AppProcess.start(folder, false)) {
      Visitor admin = app.signedIn("admin");
      JsonNode uploads = admin.get("/api/v1/intake/uploads").json();
      assertThat(uploads.toString()).contains("20260201").doesNotContain("20260202");
      try (Stream<Path> files = Files.walk(folder.resolve("files").resolve("uploads"))) {
        assertThat(files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
            .contains("deceased_360700__20260201.csv")
            .noneMatch(name -> name.contains("20260202") || name.endsWith(".part"));
      }
      try (Stream<Path> left = Files.walk(folder.resolve("web"))) {
        assertThat(left.filter(Files::isRegularFile)).isEmpty();
      }
      noTraceInTheLog(app);
    }
  }

  @Test
  void a_build_outlives_the_server_and_its_own_death_costs_nothing() throws Exception {
    try (AppProcess app = AppProcess.start(folder, false)) {
      Visitor admin = app.signedIn("admin");
      admin.upload("/api/v1/intake/uploads", "deceased_360700__20260203.csv", file(200, 3));
      assertThat(admin.post("/api/v1/intake/builds", "{}").status()).isEqualTo(200);
      app.kill();
    }
    String after;
    try (AppProcess app = AppProcess.start(folder, false)) {
      Visitor admin = app.signedIn("admin");
      assertThat(builtToTheEnd(admin).path("state").asString()).isEqualTo("done");
      after = admin.get("/api/v1/snapshot").json().path("id").asString();
      admin.upload("/api/v1/intake/uploads", "deceased_360700__20260204.csv", file(200, 4));
      admin.post("/api/v1/intake/builds", "{}");
      ProcessHandle build =
          eventually(
                  () -> app.process.descendants().filter(FaultsTest::builds).findFirst(),
                  java.util.Optional::isPresent)
              .orElseThrow();
      build.destroyForcibly();
      assertThat(builtToTheEnd(admin).path("state").asString()).isEqualTo("lost");
      assertThat(admin.get("/api/v1/snapshot").json().path("id").asString()).isEqualTo(after);
      assertThat(admin.get("/api/v1/overview").status()).isEqualTo(200);
      assertThat(admin.post("/api/v1/intake/builds", "{}").status()).isEqualTo(200);
      assertThat(builtToTheEnd(admin).path("state").asString()).isEqualTo("done");
      noTraceInTheLog(app);
    }
  }

  private static boolean builds(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .contains("BuildProcess");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void a_file_put_in_the_inbox_is_built_by_itself() throws Exception {
    try (AppProcess app = AppProcess.start(folder, true)) {
      Visitor admin = app.signedIn("admin");
      String before = admin.get("/api/v1/snapshot").json().path("id").asString();
      Files.write(folder.resolve("files").resolve("deceased_360700__20260205.csv"), file(200, 5));
      JsonNode waiting = admin.get("/api/v1/intake/inbox").json();
      assertThat(waiting.path("waiting").toString()).contains("deceased_360700__20260205.csv");
      String after =
          eventually(
              () -> admin.get("/api/v1/snapshot").json().path("id").asString(),
              id -> !id.equals(before));
      assertThat(after).isNotEqualTo(before);
      assertThat(builtToTheEnd(admin).path("askedBy").asString()).isEqualTo("inbox");
      assertThat(admin.get("/api/v1/intake/inbox").json().path("files").asInt()).isZero();
      noTraceInTheLog(app);
    }
  }

  @Test
  void the_database_stopped_and_killed_comes_back_and_sessions_with_it() throws Exception {
    try (AppProcess app = AppProcess.start(folder, false)) {
      Visitor admin = app.signedIn("admin");
      Path version = folder.resolve("postgres/data/PG_VERSION");
      Path aside = folder.resolve("PG_VERSION");
      for (String signal : List.of("-INT", "-KILL")) {
        long pid =
            Long.parseLong(
                Files.readAllLines(folder.resolve("postgres/data/postmaster.pid"))
                    .getFirst()
                    .strip());
        // As long as it cannot start again; else a request may just wait for it and be answered.
        Files.move(version, aside);
        new ProcessBuilder("kill", signal, Long.toString(pid)).start();
        Answer away = eventually(() -> admin.get("/api/v1/me"), answer -> answer.status() != 200);
        assertThat(away.status()).as(signal).isEqualTo(503);
        assertThat(away.code()).isEqualTo("database-away");
        assertThat(away.body()).doesNotContain("SQL").doesNotContain("at cn.ganye");
        Files.move(aside, version);
        Answer back = eventually(() -> admin.get("/api/v1/me"), answer -> answer.status() == 200);
        assertThat(back.status()).as(signal).isEqualTo(200);
        assertThat(app.signedIn("auditor").get("/api/v1/audit/trail").json().path("broken").size())
            .isZero();
      }
      noTraceInTheLog(app);
    }
  }

  @Test
  void a_full_disk_is_told_and_leaves_nothing_behind() throws Exception {
    try (AppProcess app = AppProcess.start(folder, false);
        SmallDisk uploads = SmallDisk.at(folder.resolve("files").resolve("uploads"), "2m")) {
      Visitor admin = app.signedIn("admin");
      Answer full =
          admin.upload(
              "/api/v1/intake/uploads", "deceased_360700__20260206.csv", file(FILE_BYTES, 6));
      assertThat(full.status()).isEqualTo(507);
      assertThat(full.code()).isEqualTo("disk-full");
      try (Stream<Path> files = Files.walk(uploads.at())) {
        assertThat(files.filter(Files::isRegularFile)).isEmpty();
      }
      assertThat(admin.get("/api/v1/intake/uploads").body()).doesNotContain("20260206");
      assertThat(
              admin
                  .upload("/api/v1/intake/uploads", "deceased_360700__20260207.csv", file(200, 7))
                  .status())
          .isEqualTo(200);
      noTraceInTheLog(app);
    }
  }

  @Test
  void a_full_disk_under_the_database_is_told_and_freed_it_goes_on() throws Exception {
    Path own = Files.createDirectories(folder.resolve("other"));
    Files.createSymbolicLink(own.resolve("files"), folder.resolve("files"));
    Files.createSymbolicLink(own.resolve("pool"), folder.resolve("pool"));
    try (SmallDisk disk = SmallDisk.at(own.resolve("postgres"), "220m");
        AppProcess app = AppProcess.start(own, false)) {
      Visitor admin = app.signedIn("admin");
      Path filler = disk.at().resolve("filler");
      new ProcessBuilder("dd", "if=/dev/zero", "of=" + filler, "bs=1M")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      Answer full =
          eventually(
              () ->
                  admin.post(
                      "/api/v1/accounts",
                      "{\"username\":\"u"
                          + System.nanoTime()
                          + "\",\"displayName\":\"某人\",\"role\":\"county\",\"region\":\"360722\"}"),
              answer -> answer.status() >= 500);
      assertThat(full.status()).isIn(503, 507);
      assertThat(full.code()).isIn("database-away", "disk-full");
      Files.delete(filler);
      Answer back =
          eventually(
              () ->
                  admin.post(
                      "/api/v1/accounts",
                      "{\"username\":\"after\",\"displayName\":\"某人\",\"role\":\"county\",\"region\":\"360722\"}"),
              answer -> answer.status() == 200);
      assertThat(back.status()).isEqualTo(200);
      assertThat(admin.get("/api/v1/accounts").body()).contains("after");
      noTraceInTheLog(app);
    }
  }

  /** A file system of its own, in memory, which is soon full; only root may mount one. */
  private record SmallDisk(Path at) implements AutoCloseable {
    static SmallDisk at(Path at, String size) throws Exception {
      Files.createDirectories(at);
      Process mounting =
          new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", at.toString())
              .redirectErrorStream(true)
              .start();
      try (InputStream said = mounting.getInputStream()) {
        String why = new String(said.readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(mounting.waitFor() == 0, "no small disk can be mounted: " + why);
      }
      return new SmallDisk(at);
    }

    @Override
    public void close() throws IOException, InterruptedException {
      new ProcessBuilder("umount", "-l", at.toString()).start().waitFor();
    }
  }
}
