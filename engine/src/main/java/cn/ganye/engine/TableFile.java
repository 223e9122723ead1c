package cn.ganye.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database in a file beside the one in memory, for tables that memory has no room for: their
 * columns are compressed as they are written, and what is read of them need not stay. It is not
 * meant to outlive its engine.
 */
final class TableFile {
  private static final String NAME = "on_disk";

  private final Path spill;
  private @Nullable Path folder;

  /**
   * @param spill folder in which it will have one of its own
   */
  TableFile(Path spill) {
    this.spill = spill;
  }

  /** Makes it, for all sessions of an engine. */
  void open(Engine session) {
    try {
      folder = Files.createTempDirectory(spill, "tables-");
    } catch (IOException e) {
      throw new EngineException("tables on disk", e);
    }
    session.execute("tables on disk", "PRAGMA disable_checkpoint_on_shutdown");
    session.execute(
        "tables on disk",
        "ATTACH " + Engine.literal(folder.resolve("tables.duckdb").toString()) + " AS " + NAME);
  }

  /** How a table in it is called. */
  String table(String name) {
    return NAME + "." + name;
  }

  /** Removes it from the disk, once its engine is closed. */
  void delete() {
    if (folder == null || Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("removing tables on disk", e);
    }
  }
}
