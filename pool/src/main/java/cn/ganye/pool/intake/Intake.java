package cn.ganye.pool.intake;

import cn.ganye.engine.Chunk;
import cn.ganye.engine.Engine;
import cn.ganye.engine.RowSource;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.identity.Identities;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes files into the lake, in canonical order; those of one dataset and period share one file
 * there, and so do small ones of several periods. Blocks are parsed by several threads and pass in
 * order, so that keys follow from the files alone.
 */
public final class Intake {
  /** Hears of each file that is done. */
  public interface Listener {
    /** So many of so many bytes are taken in, with so many records. */
    void progress(String file, long bytesDone, long bytesOf, long recordsDone);
  }

  /** Keeps the file of a load. */
  @FunctionalInterface
  public interface Keeping {
    /** The load as it is entered, with where its file is kept. */
    Load kept(Load load) throws IOException;
  }

  /** Files that are being read while one is written: small ones, of which each is one block. */
  private static final int FILES_AHEAD = 8;

  /** Bytes of these files, at most: a large one is read ahead in itself, and may take memory. */
  private static final long BYTES_AHEAD = 64 << 20;

  private final Contracts contracts;
  private final Vault vault;
  private final Identities identities;
  private final String home;
  private final Function<SourceFile, LocalDate> arrived;
  private final Keeping keeping;
  private final int threads;
  private final Path staging;
  private final KnownWords known = new KnownWords();

  /**
   * @param home two digits of the home province
   * @param arrived when a file came, for one that does not say when it was sent
   * @param keeping hears of each load as it is entered
   * @param staging folder that receives the files of this build
   */
  public Intake(
      Contracts contracts,
      Vault vault,
      Identities identities,
      String home,
      Function<SourceFile, LocalDate> arrived,
      Keeping keeping,
      int threads,
      Path staging) {
    this.contracts = contracts;
    this.vault = vault;
    this.identities = identities;
    this.home = home;
    this.arrived = arrived;
    this.keeping = keeping;
    this.threads = threads;
    this.staging = staging;
  }

  /** Whether a file would be taken in, as far as its name and header tell. */
  public static boolean understands(SourceFile file, Contracts contracts) {
    return PlannedFile.of(file, contracts).layout() != null;
  }

  /**
   * Takes in files that are not yet in the ledger.
   *
   * @param known loads of earlier builds by content hash
   * @param firstLoad number of the first new load
   */
  public List<Load> take(
      Engine engine,
      List<SourceFile> sources,
      Map<String, Load> known,
      int firstLoad,
      Listener listener)
      throws Exception {
    List<PlannedFile> files = plan(sources);
    return engine.alone(() -> takePlanned(engine, files, known, firstLoad, listener));
  }

  private List<Load> takePlanned(
      Engine engine,
      List<PlannedFile> files,
      Map<String, Load> known,
      int firstLoad,
      Listener listener)
      throws Exception {
    try (ExecutorService parsers = Executors.newFixedThreadPool(threads, daemon());
        Run run = new Run(files, new HashMap<>(known), firstLoad, parsers, listener)) {
      try {
        while (!run.done()) {
          run.lakeFile(engine);
        }
      } finally {
        parsers.shutdownNow();
      }
      return run.loads;
    }
  }

  private List<PlannedFile> plan(List<SourceFile> sources) throws Exception {
    List<PlannedFile> planned = new ArrayList<>();
    try (ExecutorService readers = Executors.newFixedThreadPool(threads, daemon())) {
      List<Future<PlannedFile>> plans =
          sources.stream()
              .map(source -> readers.submit(() -> PlannedFile.of(source, contracts)))
              .toList();
      for (Future<PlannedFile> plan : plans) {
        planned.add(plan.get());
      }
    }
    planned.sort(PlannedFile.CANONICAL);
    return planned;
  }

  private static ThreadFactory daemon() {
    return Thread.ofPlatform().name("parser-", 1).daemon(true).factory();
  }

  /** One taking: where it stands in the files. */
  private final class Run implements AutoCloseable {
    final List<Load> loads = new ArrayList<>();
    private final List<PlannedFile> files;
    private final Map<String, Load> byHash;
    private final int firstLoad;
    private final ExecutorService parsers;
    private final Listener listener;
    private final long bytesOf;
    private final Map<PlannedFile, Pipeline> opened = new IdentityHashMap<>();
    private long bytes;
    private long records;

    Run(
        List<PlannedFile> files,
        Map<String, Load> byHash,
        int firstLoad,
        ExecutorService parsers,
        Listener listener) {
      this.files = files;
      this.byHash = byHash;
      this.firstLoad = firstLoad;
      this.parsers = parsers;
      this.listener = listener;
      this.bytesOf = files.stream().mapToLong(file -> file.source().bytes()).sum();
    }

    boolean done() {
      return loads.size() == files.size();
    }

    /** Takes in the next file and those after it that share its lake file. */
    void lakeFile(Engine engine) throws Exception {
      int from = loads.size();
      int to = from + 1;
      long together = files.get(from).source().bytes();
      while (to < files.size() && files.get(to).sharesLakeFile(files.get(from), together)) {
        together += files.get(to++).source().bytes();
      }
      if (files.subList(from, to).stream().noneMatch(this::hasRows)) {
        while (loads.size() < to) {
          withoutRows(files.get(loads.size()));
        }
        return;
      }
      Contract contract = Objects.requireNonNull(files.get(from).layout()).contract();
      String base =
          String.format(
              Locale.ROOT,
              "%s/%d/load-%06d",
              contract.id(),
              files.get(from).name().period(),
              firstLoad + from);
      String lake = "lake/" + base + ".parquet";
      String quarantine = "quarantine/" + base + ".sealed";
      String texts = contract.vaulted().isEmpty() ? null : "vault/text/" + base + ".sealed";
      try (Aside aside =
          new Aside(
              vault, staging.resolve(quarantine), texts == null ? null : staging.resolve(texts))) {
        engine.write(
            new LakeRows(this, contract, to, aside, new Places(lake, quarantine, texts)),
            staging.resolve(lake));
      }
    }

    /** Whether a file brings rows: it is understood, and it is not one that came before. */
    private boolean hasRows(PlannedFile file) {
      return file.layout() != null && twin(file) == null;
    }

    /**
     * The load with the same bytes, if it has records: months in which nothing happened look alike
     * and repeat nothing.
     */
    private @Nullable Load twin(PlannedFile file) {
      Load same = byHash.get(file.source().sha256());
      return same != null && same.refused() == null && same.records() > 0 ? same : null;
    }

    /** Enters the next file, which is refused whole or was sent before. */
    void withoutRows(PlannedFile file) throws IOException {
      Pipeline pipeline = opened.remove(file);
      if (pipeline != null) {
        pipeline.close();
      }
      Load twin = twin(file);
      if (file.layout() != null && twin != null) {
        enter(file, twin.records(), Map.of(), 0, null, twin.load(), Places.NONE, null);
      } else {
        RefusalReason reason = Objects.requireNonNullElse(file.refused(), RefusalReason.UNREADABLE);
        enter(file, 0, Map.of(), 0, reason, 0, Places.NONE, null);
      }
    }

    /** Enters the next file in the ledger. */
    void enter(
        PlannedFile file,
        long count,
        Map<String, Long> refusals,
        long warnings,
        @Nullable RefusalReason refused,
        int duplicateOf,
        Places places,
        Load.@Nullable Content content)
        throws IOException {
      Load entered =
          new Load(
              firstLoad + loads.size(),
              file.source().path(),
              file.source().sha256(),
              file.dataset(),
              file.name().region(),
              file.name().period(),
              file.knownFrom(arrived.apply(file.source())),
              count,
              refusals,
              warnings,
              refused == null ? null : refused.code(),
              refused == null ? null : file.detail(),
              duplicateOf,
              places.lake(),
              refusals.isEmpty() ? null : places.quarantine(),
              places.texts(),
              file.contract().map(contracts::fingerprint).orElse(null),
              null,
              content);
      Load load = keeping.kept(entered);
      loads.add(load);
      byHash.putIfAbsent(load.sha256(), load);
      bytes += file.source().bytes();
      records += count;
      listener.progress(load.file(), bytes, bytesOf, records);
    }

    /** The pipeline of the next file; those after it start reading too. */
    Pipeline pipeline() throws IOException {
      int next = loads.size();
      long ahead = 0;
      int end = Math.min(files.size(), next + FILES_AHEAD);
      for (int at = next; at < end && ahead <= BYTES_AHEAD; at++) {
        PlannedFile file = files.get(at);
        if (hasRows(file) && !opened.containsKey(file)) {
          opened.put(file, open(file));
        }
        ahead += file.source().bytes();
      }
      return Objects.requireNonNull(opened.remove(files.get(next)));
    }

    private Pipeline open(PlannedFile file) throws IOException {
      Layout layout = Objects.requireNonNull(file.layout());
      Blocks blocks = Blocks.of(file.source(), layout);
      int asOf = file.knownFrom(arrived.apply(file.source()));
      Pipeline pipeline =
          new Pipeline(
              blocks,
              parsers,
              threads * 2,
              () -> new RecordParser(layout, contracts, home, asOf, known, vault.markKey()));
      pipeline.readAhead();
      return pipeline;
    }

    @Override
    public void close() throws IOException {
      for (Pipeline pipeline : opened.values()) {
        pipeline.close();
      }
    }
  }

  /** Where the parts of a load are kept, relative to the pool. */
  private record Places(
      @Nullable String lake, @Nullable String quarantine, @Nullable String texts) {
    static final Places NONE = new Places(null, null, null);
  }

  /** The rows of one lake file: those of one load after the other. */
  private final class LakeRows implements RowSource {
    private final Run run;
    private final Contract contract;
    private final int end;
    private final Aside aside;
    private final Places places;
    private @Nullable Current current;

    /** The load that is passing. */
    private record Current(
        PlannedFile file, Pipeline pipeline, LoadRows rows, Aside.OfLoad aside) {}

    LakeRows(Run run, Contract contract, int end, Aside aside, Places places) {
      this.run = run;
      this.contract = contract;
      this.end = end;
      this.aside = aside;
      this.places = places;
    }

    @Override
    public List<Column> columns() {
      return LoadRows.columns(contract, contracts);
    }

    @Override
    public int next(Chunk chunk) throws Exception {
      while (current != null || run.loads.size() < end) {
        Current passing = current;
        if (passing == null) {
          PlannedFile file = run.files.get(run.loads.size());
          if (run.hasRows(file)) {
            current = start(file);
          } else {
            run.withoutRows(file);
          }
          continue;
        }
        int filled = passing.rows().next(chunk);
        if (filled > 0) {
          return filled;
        }
        finish(passing);
        current = null;
      }
      return 0;
    }

    private Current start(PlannedFile file) throws IOException {
      Pipeline pipeline = run.pipeline();
      int load = run.firstLoad + run.loads.size();
      Aside.OfLoad part = aside.new OfLoad(load);
      LoadRows rows = new LoadRows(load, contract, identities, pipeline, part);
      return new Current(file, pipeline, rows, part);
    }

    private void finish(Current load) throws IOException {
      load.pipeline().close();
      run.enter(
          load.file(),
          load.rows().records(),
          load.aside().refusals(),
          load.aside().warnings(),
          null,
          0,
          places,
          load.rows().content());
    }
  }
}
