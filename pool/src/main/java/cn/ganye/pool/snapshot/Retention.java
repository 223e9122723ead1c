package cn.ganye.pool.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which snapshots are kept: the one in force, the last three, the last of each month for three
 * years, what hangs on a closed month, and what somebody reads. Files that none of them names are
 * collected.
 */
public final class Retention {
  private static final int LAST = 3;
  private static final int YEARS = 3;

  private Retention() {}

  /**
   * Deletes what is not kept.
   *
   * @param collected hears of each file that went
   */
  public static void collect(PoolFolder folder, PoolFolder.Moved collected) throws IOException {
    String inForce = folder.inForce().orElse("");
    if (inForce.isEmpty()) {
      return;
    }
    Set<String> named = new HashSet<>();
    List<Manifest> all = folder.snapshots();
    Set<String> due = due(all);
    for (Manifest manifest : all) {
      boolean keep =
          manifest.snapshot().equals(inForce)
              || due.contains(manifest.snapshot())
              || folder.isKept(manifest.snapshot());
      if (keep || !Leases.release(folder, manifest.snapshot())) {
        named.addAll(manifest.files());
      }
    }
    List<Path> rubbish = rubbish(folder, named);
    for (int done = 0; done < rubbish.size(); done++) {
      Files.delete(rubbish.get(done));
      collected.file(
          folder.root().relativize(rubbish.get(done)).toString(), done + 1, rubbish.size());
    }
  }

  /**
   * Of all, the newest first, those that are kept for their age. It is counted from the earlier day
   * of the last two, so that a clock that once runs ahead makes nothing old.
   */
  private static Set<String> due(List<Manifest> all) {
    Set<String> due = new HashSet<>();
    all.stream().limit(LAST).forEach(manifest -> due.add(manifest.snapshot()));
    LocalDate now =
        all.stream()
            .limit(2)
            .map(Retention::day)
            .flatMap(Stream::ofNullable)
            .min(Comparator.naturalOrder())
            .orElse(LocalDate.MIN);
    Set<YearMonth> seen = new HashSet<>();
    for (Manifest manifest : all) {
      LocalDate day = day(manifest);
      if (day != null && seen.add(YearMonth.from(day)) && day.plusYears(YEARS).isAfter(now)) {
        due.add(manifest.snapshot());
      }
    }
    return due;
  }

  private static @Nullable LocalDate day(Manifest manifest) {
    String published = manifest.published();
    return published == null ? null : LocalDate.parse(published);
  }

  private static List<Path> rubbish(PoolFolder folder, Set<String> named) throws IOException {
    List<Path> rubbish = new ArrayList<>();
    for (String place : PoolFolder.BY_MANIFEST) {
      Path within = folder.root().resolve(place);
      if (Files.isDirectory(within)) {
        try (Stream<Path> files = Files.walk(within)) {
          files
              .filter(Files::isRegularFile)
              .filter(file -> !named.contains(folder.root().relativize(file).toString()))
              .forEach(rubbish::add);
        }
      }
    }
    return rubbish;
  }
}
