package cn.ganye.engine.spark;

import cn.ganye.engine.Cluster;
import cn.ganye.engine.ClusterException;
import cn.ganye.engine.Functions;
import cn.ganye.engine.Hashes;
import cn.ganye.engine.Step;
import cn.ganye.engine.StepListener;
import cn.ganye.engine.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark application that runs steps. Each step's table is written before a step begins that reads
 * it, so that a lost executor costs the tasks of those under way and no plan grows with the number
 * of steps.
 */
final class SparkCluster implements Cluster {
  /** What a province needs told; everything may be told otherwise. */
  private static final Map<String, String> USUAL =
      Map.ofEntries(
          Map.entry("spark.app.name", "ganye"),
          Map.entry("spark.ui.enabled", "false"),
          Map.entry("spark.ui.showConsoleProgress", "false"),
          Map.entry("spark.sql.artifact.isolation.enabled", "false"),
          Map.entry("spark.sql.session.timeZone", "UTC"),
          Map.entry("spark.sql.parquet.compression.codec", "zstd"),
          Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
          Map.entry("spark.sql.files.maxRecordsPerFile", "20000000"),
          Map.entry("spark.sql.adaptive.coalescePartitions.parallelismFirst", "false"),
          Map.entry("spark.sql.shuffle.partitions", "64"),
          // Each sort and hash table of each task clears one first; by itself Spark takes 64 MB.
          Map.entry("spark.buffer.pageSize", "4m"),
          Map.entry("spark.speculation", "true"),
          // A stage may have no more tasks than there are machines: half of them done is a measure.
          Map.entry("spark.speculation.quantile", "0.5"),
          // A machine whose disk is full fails whatever it is given.
          Map.entry("spark.excludeOnFailure.enabled", "true"));

  /**
   * Steps or queries at once, if there are as many cores: most have too few tasks, or too short
   * ones, to fill a cluster. More than cores only take them from each other.
   */
  private static final int MOST_AT_ONCE = 4;

  private final SparkSession session;
  private final UsageListener usage = new UsageListener();

  /** The files of each step's table that is there. */
  private final Map<String, List<Path>> written = new ConcurrentHashMap<>();

  private final FileSystem files;
  private final Path work;

  private SparkCluster(SparkSession session, FileSystem files, Path work) {
    this.session = session;
    session.sparkContext().addSparkListener(usage);
    this.files = files;
    this.work = work;
  }

  static SparkCluster open(Settings settings) {
    String where = "cluster " + settings.master();
    SparkSession session = null;
    try {
      Map<String, String> options = new LinkedHashMap<>(USUAL);
      options.putAll(settings.options());
      SparkSession.Builder builder = SparkSession.builder().master(settings.master());
      options.forEach(builder::config);
      session = builder.getOrCreate();
      for (Functions.Scalar function : Functions.ALL) {
        session.sql(function.spark());
      }
      Path work = new Path(new Path(settings.storage()), "ganye-" + UUID.randomUUID());
      FileSystem files = work.getFileSystem(session.sparkContext().hadoopConfiguration());
      work = files.makeQualified(work);
      files.mkdirs(work);
      return new SparkCluster(session, files, work);
    } catch (Exception e) {
      if (session == null) {
        throw new ClusterException(where, e);
      }
      ClusterException failure = failure(session, where, e);
      session.stop();
      throw failure;
    }
  }

  /** What is told of a failure. Of an application that has ended Spark tells a bug of its own. */
  private static ClusterException failure(SparkSession session, String what, Exception failure) {
    if (!session.sparkContext().isStopped()) {
      return new ClusterException(what, failure);
    }
    Exception ended =
        new IllegalStateException("the application was not taken by the cluster, or was ended");
    ended.addSuppressed(failure);
    return new ClusterException(what, ended);
  }

  /** A piece of work whose failure names it. Spark throws checked exceptions without saying so. */
  @FunctionalInterface
  private interface Work<T> {
    T done() throws Exception;
  }

  private <T> T doing(String what, Work<T> work) {
    try {
      return work.done();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(what, e);
    } catch (Exception e) {
      throw failure(session, what, e);
    }
  }

  @Override
  public void table(String name, List<java.nio.file.Path> parts) {
    doing(
        "handing over " + name,
        () -> {
          List<Path> there = new ArrayList<>();
          for (java.nio.file.Path part : parts) {
            Path local = new Path(part.toUri());
            if (!files.getUri().getScheme().equals("file")) {
              Path to = new Path(new Path(work, "given/" + name), local.getName());
              files.copyFromLocalFile(local, to);
              local = to;
            }
            there.add(local);
          }
          session.read().parquet(names(there)).createOrReplaceTempView(name);
          return there;
        });
  }

  private static String[] names(List<Path> parts) {
    return parts.stream().map(Path::toString).toArray(String[]::new);
  }

  @Override
  public void run(Steps steps, StepListener listener) {
    steps.each(
        this::queriesAtOnce,
        step -> doing("step " + step.name(), () -> made(step)),
        step -> doing("dropping " + step.name(), () -> dropped(step)),
        listener);
  }

  /** Makes a step's table; the number of its rows. */
  private long made(Step step) throws IOException {
    Dataset<Row> select = session.sql(step.sql());
    List<String> columns = Arrays.asList(select.columns());
    if (!columns.equals(step.columns())) {
      throw new IllegalStateException(
          "its head says columns " + step.columns() + ", the SELECT yields " + columns);
    }
    Path folder = folder(step.name());
    select.write().parquet(folder.toString());
    List<Path> parts = new ArrayList<>();
    long rows = 0;
    for (FileStatus file : files.listStatus(folder)) {
      if (file.getPath().getName().endsWith(".parquet")) {
        parts.add(file.getPath());
        rows += rows(file);
      }
    }
    written.put(step.name(), parts);
    session
        .read()
        .schema(select.schema())
        .parquet(names(parts))
        .createOrReplaceTempView(step.name());
    return rows;
  }

  /** By the foot of the file: what tasks say counts twice what was done twice. */
  private long rows(FileStatus file) throws IOException {
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, configuration))) {
      return reader.getRecordCount();
    }
  }

  private boolean dropped(Step step) throws IOException {
    if (step.publication() != null) {
      return false;
    }
    written.remove(step.name());
    session.catalog().dropTempView(step.name());
    return files.delete(folder(step.name()), true);
  }

  private Path folder(String table) {
    return new Path(work, table);
  }

  @Override
  public List<String> firstRows(String sql, int most) {
    return doing(
        "reading",
        () ->
            session.sql("SELECT * FROM (" + sql + "\n) r LIMIT " + most).collectAsList().stream()
                .map(Row::toString)
                .toList());
  }

  @Override
  public int queriesAtOnce() {
    return Math.min(MOST_AT_ONCE, session.sparkContext().defaultParallelism());
  }

  /** None: Spark holds text as text. */
  @Override
  public Set<String> heldAsNumbers(String table) {
    return Set.of();
  }

  @Override
  public List<java.nio.file.Path> bring(String table, java.nio.file.Path folder) {
    return doing("bringing " + table + " back", () -> brought(table, folder));
  }

  private List<java.nio.file.Path> brought(String table, java.nio.file.Path folder)
      throws IOException {
    Files.createDirectories(folder);
    List<java.nio.file.Path> brought = new ArrayList<>();
    List<Row> said =
        session
            .read()
            .format("binaryFile")
            .load(names(Objects.requireNonNull(written.get(table), "no step made it")))
            .selectExpr("path", "sha2(content, 256)")
            .orderBy("path")
            .collectAsList();
    for (Row file : said) {
      Path from = new Path(file.getString(0));
      java.nio.file.Path to = folder.resolve(from.getName());
      files.copyToLocalFile(false, from, new Path(to.toUri()), true);
      if (!Hashes.of(to).equals(file.getString(1))) {
        throw new IOException(from + " is not what was written there: its hash differs");
      }
      brought.add(to);
    }
    return brought;
  }

  @Override
  public Used used() {
    return usage.used();
  }

  @Override
  public void close() {
    try {
      doing("clearing " + work, () -> files.delete(work, true));
    } finally {
      session.stop();
    }
  }
}
