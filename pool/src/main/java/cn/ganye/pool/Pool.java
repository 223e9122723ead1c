package cn.ganye.pool;

import cn.ganye.engine.Steps;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What a pool has published. */
public final class Pool {
  private final PoolFolder folder;

  private Pool(PoolFolder folder) {
    this.folder = folder;
  }

  /** The pool at a folder. */
  public static Pool at(Path folder) {
    return new Pool(new PoolFolder(folder));
  }

  /**
   * The snapshot in force.
   *
   * @throws PoolProblem if nothing was published there
   */
  public Manifest current() {
    return folder
        .current()
        .orElseThrow(
            () ->
                PoolProblem.use(
                    "no-snapshot",
                    folder.root().toString(),
                    "no snapshot is published there",
                    "build one with ./ganye pool build --in DIR"));
  }

  /** When the build began that last looked through the folder of files; long ago if none did. */
  public Instant lookedThrough() {
    return folder.lookedThrough();
  }

  /** Snapshots that are kept, the newest first. */
  public List<Manifest> snapshots() {
    return folder.snapshots();
  }

  /**
   * A snapshot that is kept.
   *
   * @param id or as much of its beginning as only it has
   * @throws PoolProblem if there is none or more than one
   */
  public Manifest snapshot(String id) {
    List<Manifest> found =
        id.isEmpty()
            ? List.of()
            : snapshots().stream().filter(kept -> kept.snapshot().startsWith(id)).toList();
    if (found.size() != 1) {
      throw PoolProblem.use(
          "snapshot-unknown",
          folder.root().toString(),
          (found.isEmpty() ? "no snapshot" : "more than one snapshot") + " is called " + id,
          "./ganye pool snapshots lists them");
    }
    return found.getFirst();
  }

  /** A session that reads the marts of the snapshot in force, behind the query gate. */
  public QuerySession query() {
    return inForce(this::query);
  }

  /**
   * Opens something of the snapshot in force; once more, if that was replaced and collected
   * meanwhile.
   */
  public <T> T inForce(Function<Manifest, T> opening) {
    Manifest manifest = current();
    try {
      return opening.apply(manifest);
    } catch (PoolProblem gone) {
      Manifest now = current();
      if (now.snapshot().equals(manifest.snapshot())) {
        throw gone;
      }
      return opening.apply(now);
    }
  }

  /** The same of a snapshot that is kept. */
  public QuerySession query(Manifest snapshot) {
    return QuerySession.open(folder.root(), snapshot);
  }

  /**
   * What differs between two snapshots, in the order of their marts.
   *
   * @param steps by which both were derived
   */
  public SnapshotDiff diff(Manifest before, Manifest after, Steps steps) {
    return new SnapshotDiff(folder.root(), before, after, steps);
  }
}
