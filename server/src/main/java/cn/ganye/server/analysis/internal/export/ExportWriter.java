package cn.ganye.server.analysis.internal.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.ganye.pool.DiskTrouble;
import cn.ganye.pool.identity.Vault;
import cn.ganye.server.access.Role;
import cn.ganye.server.analysis.internal.Disclosure;
import cn.ganye.server.analysis.internal.export.Exports.Work;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.Row;
import cn.ganye.server.marts.Snapshot;
import cn.ganye.server.storage.Scope;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Writes exports, one after the other: part by part, so that a million rows take no more memory
 * than one city's month. A file has its name when it is whole.
 */
@Component
class ExportWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ExportWriter.class);

  /** A snapshot that is swapped in mid-file makes it begin anew; after so many times it fails. */
  private static final int TRIES = 3;

  private final Exports exports;
  private final Marts marts;
  private final Disclosure disclosure;
  private final Path folder;

  ExportWriter(
      Exports exports, Marts marts, Disclosure disclosure, @Value("${ganye.exports}") Path folder) {
    this.exports = exports;
    this.marts = marts;
    this.disclosure = disclosure;
    this.folder = folder;
  }

  private record Part(int month, String region) {}

  private enum Outcome {
    WRITTEN,
    UNWANTED,
    SWAPPED
  }

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    Exports.BACKGROUND.run(exports::takeUpAgain);
  }

  @Scheduled(fixedDelay = 1_000, initialDelay = 2_000)
  void work() throws Exception {
    while (true) {
      Work work = Exports.BACKGROUND.call(exports::next).orElse(null);
      if (work == null) {
        return;
      }
      try {
        write(work);
      } catch (IOException | RuntimeException e) {
        LOG.warn("an export failed: {}", e.getClass().getSimpleName());
        Files.deleteIfExists(part(work));
        String problem = DiskTrouble.isFull(e) ? "disk-full" : "failed";
        Exports.BACKGROUND.run(() -> exports.end(work.id(), "failed", 0, 0, "", problem));
      }
    }
  }

  @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
  void sweep() throws Exception {
    for (var id : Exports.BACKGROUND.call(exports::expired)) {
      Files.deleteIfExists(Exports.file(folder, id));
    }
  }

  Path folder() {
    return folder;
  }

  private Path part(Work work) {
    return folder.resolve("." + work.id() + ".part");
  }

  private void write(Work work) throws IOException {
    Vault.makePrivate(folder);
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Snapshot snapshot = marts.snapshot();
      long[] rows = {0};
      Outcome outcome = written(work, snapshot, rows);
      if (outcome == Outcome.UNWANTED) {
        Files.deleteIfExists(part(work));
        return;
      }
      if (outcome == Outcome.WRITTEN) {
        Path file = Exports.file(folder, work.id());
        Files.move(part(work), file, StandardCopyOption.ATOMIC_MOVE);
        long bytes = Files.size(file);
        Exports.BACKGROUND.run(
            () -> exports.end(work.id(), "done", rows[0], bytes, snapshot.id(), ""));
        return;
      }
    }
    Files.deleteIfExists(part(work));
    Exports.BACKGROUND.run(() -> exports.end(work.id(), "failed", 0, 0, "", "snapshot-swapped"));
  }

  private Outcome written(Work work, Snapshot snapshot, long[] rows) throws IOException {
    ExportedMart mart = work.mart();
    boolean exact = disclosure.exact(role(work.scope()));
    List<String> columns = mart.columns();
    List<Part> parts = parts(work);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part(work)));
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(zip, UTF_8))) {
      zip.putNextEntry(new ZipEntry("说明.txt"));
      out.write(about(mart, columns, snapshot, exact));
      out.flush();
      zip.putNextEntry(new ZipEntry(mart.mart() + ".csv"));
      out.write('\uFEFF' + String.join(",", columns) + "\r\n");
      for (int at = 0; at < parts.size(); at++) {
        if (!still(work, at, parts.size(), rows[0])) {
          return Outcome.UNWANTED;
        }
        for (String line : lines(work, parts.get(at), columns, exact)) {
          out.write(line);
          rows[0]++;
        }
        if (!marts.snapshot().id().equals(snapshot.id())) {
          return Outcome.SWAPPED;
        }
      }
      out.flush();
    }
    return still(work, parts.size(), parts.size(), rows[0]) ? Outcome.WRITTEN : Outcome.UNWANTED;
  }

  private boolean still(Work work, int done, int of, long rows) {
    boolean[] wanted = {false};
    Exports.BACKGROUND.run(() -> wanted[0] = exports.told(work.id(), done, of, rows));
    return wanted[0];
  }

  private static Role role(Scope scope) {
    return Arrays.stream(Role.values())
        .filter(role -> role.word().equals(scope.role()))
        .findFirst()
        .orElseThrow();
  }

  private List<Part> parts(Work work) {
    return marts.inRegion(
        work.scope(),
        "SELECT DISTINCT month, SUBSTR(%1$s, 1, 4) AS part FROM %2$s WHERE month BETWEEN ? AND ? ORDER BY month, part"
            .formatted(work.mart().region(), work.mart().mart()),
        row -> new Part((int) row.number("month"), row.text("part")),
        work.firstMonth(),
        work.lastMonth());
  }

  private List<String> lines(Work work, Part part, List<String> columns, boolean exact) {
    return marts.inRegion(
        work.scope(),
        "SELECT * FROM %2$s WHERE month = ? AND SUBSTR(%1$s, 1, 4) = ? ORDER BY ALL"
            .formatted(work.mart().region(), work.mart().mart()),
        row -> line(row, columns, exact),
        part.month(),
        part.region());
  }

  private String line(Row row, List<String> columns, boolean exact) {
    List<String> cells = new ArrayList<>();
    for (String column : columns) {
      boolean noise = !exact && column.equals("people") && row.numberOrNull("people") != null;
      cells.add(
          noise
              ? Long.toString(disclosure.shown(row.number("people"), row.number("cell_key")))
              : row.text(column));
    }
    return String.join(",", cells) + "\r\n";
  }

  private static String about(
      ExportedMart mart, List<String> columns, Snapshot snapshot, boolean exact) {
    return Stream.of(
            Stream.of(
                mart.title() + "（" + mart.mart() + "）",
                "快照 " + snapshot.id() + "，截至 " + snapshot.lastMonth()),
            snapshot.synthetic() ? Stream.of("全部数据为合成，不是任何真实的人或单位") : Stream.<String>of(),
            exact ? Stream.<String>of() : Stream.of("为保护个人，人数加了随机扰动（最多 ±5），各格之和不等于合计，不出现 1 和 2"),
            Stream.of("空格：所需的文件没有到齐", ""),
            columns.stream().map(column -> column + "\t" + mart.meaning(column)))
        .flatMap(lines -> lines)
        .reduce("", (text, line) -> text + line + "\r\n");
  }
}
