package cn.ganye.server.intake.internal;

import cn.ganye.pool.Pool;
import cn.ganye.pool.SourceFolder;
import cn.ganye.pool.source.Formats;
import cn.ganye.server.marts.PoolLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Watches the folder that files come to. What the snapshot in force has not seen waits; once
 * nothing has changed from one look to the next, a build begins by itself. The same files are not
 * tried twice: a build that failed on them is for people to look at.
 */
@Service
class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
  private static final int SHOWN = 100;

  /** A file that no snapshot has seen. */
  record WaitingFile(String file, long bytes, Instant changed) {}

  /**
   * What waits.
   *
   * @param watched whether a build begins by itself
   * @param waiting at most a hundred of them
   */
  record Waiting(boolean watched, int files, List<WaitingFile> waiting) {}

  private final PoolLocation location;
  private final Builds builds;
  private final boolean watched;
  private List<WaitingFile> lastLook = List.of();
  private List<WaitingFile> tried = List.of();

  Inbox(PoolLocation location, Builds builds, @Value("${ganye.watch-inbox}") boolean watched) {
    this.location = location;
    this.builds = builds;
    this.watched = watched;
  }

  /** What waits now. */
  Waiting waiting() throws IOException {
    List<WaitingFile> files = look();
    return new Waiting(watched, files.size(), files.stream().limit(SHOWN).toList());
  }

  /**
   * Files that the ledger does not name, and those that it names but that were written since the
   * last build looked.
   */
  private List<WaitingFile> look() throws IOException {
    Pool pool = Pool.at(location.root());
    Set<String> known = new HashSet<>();
    pool.current().loads().forEach(load -> known.add(Formats.path(load.file())[0]));
    Instant looked = pool.lookedThrough();
    List<WaitingFile> waiting = new ArrayList<>();
    for (Path file : SourceFolder.files(location.files(), location.root())) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        String name = location.files().relativize(file).toString().replace('\\', '/');
        Instant changed = attributes.lastModifiedTime().toInstant();
        if (!known.contains(name) || changed.isAfter(looked)) {
          waiting.add(new WaitingFile(name, attributes.size(), changed));
        }
      } catch (NoSuchFileException e) {
        LOG.debug("a file has gone while the inbox was looked through");
      }
    }
    return waiting;
  }

  @Scheduled(fixedDelayString = "${ganye.inbox-look-millis:5000}")
  void watch() throws Exception {
    if (!watched) {
      return;
    }
    List<WaitingFile> now = look();
    boolean settled = now.equals(lastLook);
    lastLook = now;
    if (settled && !now.isEmpty() && !now.equals(tried) && builds.startByItself("inbox")) {
      tried = now;
    }
  }
}
