package cn.ganye.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Machines that run steps on tables which are handed over and brought back as Parquet files. What
 * fails on them is told as a {@link ClusterException}.
 */
public interface Cluster extends StepEngine {
  /**
   * Where a cluster is and what it may use.
   *
   * @param master its address, as the cluster's own software writes it
   * @param storage folder that all of its machines reach, as a path or an address
   * @param options settings of its own software, passed on as they are
   */
  record Settings(String master, String storage, Map<String, String> options) {
    public Settings {
      options = Map.copyOf(options);
    }
  }

  /**
   * What a cluster has done.
   *
   * @param tasks that ended well
   * @param failed tasks that did not, those given up for a faster twin among them
   * @param taskSeconds that all tasks ran, together
   * @param longestTaskSeconds of the one that ran longest: what more machines cannot shorten
   * @param shuffledBytes that went from task to task
   * @param spilledBytes that went to disk for want of memory
   */
  record Used(
      long tasks,
      long failed,
      double taskSeconds,
      double longestTaskSeconds,
      long shuffledBytes,
      long spilledBytes) {}

  /** Opens clusters; the class path may hold one. */
  interface Provider {
    /**
     * Opens a cluster.
     *
     * @throws ClusterException if it cannot be reached
     */
    Cluster open(Settings settings);
  }

  /** The provider on the class path. */
  static Optional<Provider> provider() {
    return ServiceLoader.load(Provider.class).findFirst();
  }

  /** Hands a table over; the columns are those of the files. */
  void table(String name, List<Path> files);

  /**
   * Brings a table of a step that was run back.
   *
   * @param folder where its files are to lie; made if it is missing
   * @return its files, each with the hash that the cluster says
   * @throws ClusterException if a file is not what the cluster says
   */
  List<Path> bring(String table, Path folder);

  /** What it has done; complete once it is closed. */
  Used used();
}
