package cn.ganye.pool.snapshot;

import cn.ganye.engine.Hashes;
import cn.ganye.pool.PoolProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells whether the files of a snapshot's marts are what was published. */
public final class MartDamage {
  private MartDamage() {}

  /**
   * The first file that is not: gone, unreadable, or with other bytes. Reads every file asked for.
   *
   * @param marts names of the marts to look at
   */
  public static Optional<PoolProblem> of(Path root, Manifest manifest, Predicate<String> marts) {
    for (Manifest.MartFile mart : manifest.marts()) {
      Path file = root.resolve(mart.file());
      String damage = marts.test(mart.mart()) ? damage(file, mart.sha256()) : null;
      if (damage != null) {
        return Optional.of(unreadable(file, damage));
      }
    }
    return Optional.empty();
  }

  private static @Nullable String damage(Path file, String sha256) {
    if (!Files.exists(file)) {
      return "this file of a mart is gone";
    }
    try {
      return Hashes.of(file).equals(sha256)
          ? null
          : "this file of a mart is damaged: its bytes are not those that were published";
    } catch (IOException e) {
      return "this file of a mart cannot be read: " + e.getMessage();
    }
  }

  /** A snapshot that cannot be read: where, and why, of which the first line is told. */
  public static PoolProblem unreadable(Path place, @Nullable String why) {
    return PoolProblem.work(
        "snapshot-unreadable",
        place.toString(),
        String.valueOf(why).lines().findFirst().orElse(""),
        "restore the pool from its backup");
  }
}
