package cn.ganye.pool.intake;

import cn.ganye.engine.Engine;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.identity.Identities;
import cn.ganye.pool.identity.SealedFile;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.lake.Load;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Takes files into the lake, in canonical order: dataset, period, content hash, relative path.
 * Blocks are parsed by several threads and pass in order, so that keys follow from the files alone.
 */
public final class Intake {
  /** Hears of each file that is done. */
  public interface Listener {
    /** So many of so many bytes are taken in, with so many records. */
    void progress(String file, long bytesDone, long bytesOf, long recordsDone);
  }

  /** Files that are being read while one is written. */
  private static final int FILES_AHEAD = 8;

  private final Contracts contracts;
  private final Vault vault;
  private final Identities identities;
  private final String home;
  private final LocalDate today;
  private final int threads;
  private final Path staging;

  /**
   * @param home two digits of the home province
   * @param today arrival day, for files that do not say when they were sent
   * @param staging folder that receives the files of this build
   */
  public Intake(
      Contracts contracts,
      Vault vault,
      Identities identities,
      String home,
      LocalDate today,
      int threads,
      Path staging) {
    this.contracts = contracts;
    this.vault = vault;
    this.identities = identities;
    this.home = home;
    this.today = today;
    this.threads = threads;
    this.staging = staging;
  }

  /** A file with what was found out about it before its records are read. */
  private record Planned(
      SourceFile source,
      FileName name,
      @Nullable Layout layout,
      @Nullable RefusalReason refused,
      String detail) {
    String dataset() {
      return layout != null ? layout.contract().id() : "";
    }
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
    List<Planned> planned = plan(sources);
    planned.sort(
        Comparator.comparing(Planned::dataset)
            .thenComparing(p -> p.name().period())
            .thenComparing(p -> p.source().sha256())
            .thenComparing(p -> p.source().path()));
    Map<String, Load> byHash = new HashMap<>(known);
    List<Load> loads = new ArrayList<>();
    long bytesOf = sources.stream().mapToLong(SourceFile::bytes).sum();
    long bytes = 0;
    long records = 0;
    try (ExecutorService parsers = Executors.newFixedThreadPool(threads, daemon())) {
      Map<Planned, Pipeline> opened = new HashMap<>();
      try {
        for (int i = 0; i < planned.size(); i++) {
          for (int ahead = i; ahead < Math.min(planned.size(), i + FILES_AHEAD); ahead++) {
            open(planned.get(ahead), byHash, opened, parsers);
          }
          Planned plan = planned.get(i);
          Load load = takeOne(engine, plan, firstLoad + loads.size(), byHash, opened.remove(plan));
          loads.add(load);
          byHash.putIfAbsent(load.sha256(), load);
          bytes += plan.source().bytes();
          records += load.records();
          listener.progress(load.file(), bytes, bytesOf, records);
        }
      } finally {
        parsers.shutdownNow();
        for (Pipeline pipeline : opened.values()) {
          pipeline.close();
        }
      }
    }
    return loads;
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return Thread.ofPlatform().name("parser-", 1).daemon(true).factory();
  }

  private List<Planned> plan(List<SourceFile> sources) throws Exception {
    List<Planned> planned = new ArrayList<>();
    try (ExecutorService readers = Executors.newFixedThreadPool(threads, daemon())) {
      List<Future<Planned>> plans =
          sources.stream().map(source -> readers.submit(() -> plan(source))).toList();
      for (Future<Planned> plan : plans) {
        planned.add(plan.get());
      }
    }
    return planned;
  }

  private Planned plan(SourceFile source) {
    FileName name = FileName.read(source.path(), contracts);
    try {
      return new Planned(
          source, name, new Recognition(contracts).read(source.file(), name.dataset()), null, "");
    } catch (Recognition.Refused e) {
      return new Planned(source, name, null, e.reason, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Planned(
          source, name, null, RefusalReason.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The load with the same bytes, if it has records: months in which nothing happened look alike
   * and repeat nothing.
   */
  private static @Nullable Load twin(Planned plan, Map<String, Load> byHash) {
    Load same = byHash.get(plan.source().sha256());
    return same != null && same.refused() == null && same.records() > 0 ? same : null;
  }

  /** Starts reading a file, so that the parsers have work while the one before it is written. */
  private void open(
      Planned plan,
      Map<String, Load> byHash,
      Map<Planned, Pipeline> opened,
      ExecutorService parsers)
      throws IOException {
    Layout layout = plan.layout();
    if (layout == null || opened.containsKey(plan) || twin(plan, byHash) != null) {
      return;
    }
    int asOf = number(knownFrom(plan));
    Blocks blocks =
        new Blocks(
            Recognition.open(plan.source().file(), layout),
            layout.delimiter(),
            plan.source().bytes());
    Pipeline pipeline =
        new Pipeline(
            blocks,
            parsers,
            threads,
            () -> new RecordParser(layout, contracts, home, asOf, vault.markKey()));
    opened.put(plan, pipeline);
    pipeline.readAhead();
  }

  private Load takeOne(
      Engine engine,
      Planned plan,
      int number,
      Map<String, Load> byHash,
      @Nullable Pipeline pipeline)
      throws Exception {
    Layout layout = plan.layout();
    Load twin = twin(plan, byHash);
    if (layout == null) {
      RefusalReason reason = plan.refused() == null ? RefusalReason.UNREADABLE : plan.refused();
      Contract named = plan.name().dataset();
      return load(
          plan,
          number,
          named == null ? "" : named.id(),
          0,
          Map.of(),
          0,
          reason.code(),
          0,
          null,
          null,
          null);
    }
    String dataset = layout.contract().id();
    if (twin != null) {
      if (pipeline != null) {
        pipeline.close();
      }
      return load(
          plan, number, dataset, twin.records(), Map.of(), 0, null, twin.load(), null, null, null);
    }
    if (pipeline == null) {
      throw new IllegalStateException("no pipeline for " + plan.source().path());
    }
    String base =
        dataset
            + "/"
            + plan.name().period()
            + "/load-"
            + String.format(Locale.ROOT, "%06d", number);
    Path lake = staging.resolve("lake").resolve(base + ".parquet");
    String quarantine = "quarantine/" + base + ".sealed";
    String vaulted =
        layout.contract().vaulted().isEmpty() ? null : "vault/text/" + base + ".sealed";
    Aside aside =
        new Aside(
            vault, staging.resolve(quarantine), vaulted == null ? null : staging.resolve(vaulted));
    long records;
    try (aside;
        pipeline) {
      LoadRows rows =
          new LoadRows(number, layout.contract(), contracts, identities, pipeline, aside);
      engine.write(rows, lake);
      records = rows.records();
    }
    return load(
        plan,
        number,
        dataset,
        records,
        aside.refusals,
        aside.warnings,
        null,
        0,
        "lake/" + base + ".parquet",
        aside.refusals.isEmpty() ? null : quarantine,
        vaulted);
  }

  private Load load(
      Planned plan,
      int number,
      String dataset,
      long records,
      Map<String, Long> refusals,
      long warnings,
      @Nullable String refused,
      int duplicateOf,
      @Nullable String lake,
      @Nullable String quarantine,
      @Nullable String vaultFile) {
    return new Load(
        number,
        plan.source().path(),
        plan.source().sha256(),
        dataset,
        plan.name().region(),
        plan.name().period(),
        number(knownFrom(plan)),
        records,
        refusals,
        warnings,
        refused,
        duplicateOf,
        lake,
        quarantine,
        vaultFile);
  }

  /** The day a file was sent: from its name, else the day it was due, else today. */
  private LocalDate knownFrom(Planned plan) {
    LocalDate sent = plan.name().sent();
    if (sent != null) {
      return sent;
    }
    int period = plan.name().period();
    Layout layout = plan.layout();
    if (period > 0 && layout != null && layout.contract().due() > 0) {
      return YearMonth.of(period / 100, period % 100).plusMonths(1).atDay(layout.contract().due());
    }
    return today;
  }

  private static int number(LocalDate day) {
    return day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth();
  }

  /** Parses blocks ahead on several threads and gives the batches out in order. */
  private static final class Pipeline implements LoadRows.Batches, AutoCloseable {
    private final Blocks blocks;
    private final ExecutorService parsers;
    private final int ahead;
    private final java.util.function.Supplier<RecordParser> fresh;
    private final Deque<RecordParser> idle = new java.util.concurrent.ConcurrentLinkedDeque<>();
    private final Deque<Future<Batch>> queue = new ArrayDeque<>();
    private boolean first = true;
    private boolean ended;

    Pipeline(
        Blocks blocks,
        ExecutorService parsers,
        int threads,
        java.util.function.Supplier<RecordParser> fresh) {
      this.blocks = blocks;
      this.parsers = parsers;
      this.ahead = threads * 2;
      this.fresh = fresh;
    }

    /** Reads blocks until enough are being parsed. */
    void readAhead() throws IOException {
      while (!ended && queue.size() < ahead) {
        Block block = blocks.next();
        if (block == null) {
          ended = true;
          break;
        }
        boolean head = first;
        first = false;
        queue.add(parsers.submit(() -> parse(block, head)));
      }
    }

    @Override
    public void close() throws IOException {
      blocks.close();
    }

    @Override
    public @Nullable Batch next() throws Exception {
      readAhead();
      Future<Batch> oldest = queue.poll();
      if (oldest == null) {
        return null;
      }
      try {
        return oldest.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }

    private Batch parse(Block block, boolean head) {
      RecordParser parser = idle.poll();
      if (parser == null) {
        parser = fresh.get();
      }
      Batch batch = parser.parse(block, head);
      idle.add(parser);
      return batch;
    }
  }

  /** Writes refused records to quarantine and vault text to the vault, sealed. */
  private static final class Aside implements LoadRows.Aside, AutoCloseable {
    final Map<String, Long> refusals = new TreeMap<>();
    long warnings;
    private final Vault vault;
    private final Path quarantine;
    private final SealedFile.@Nullable Writer texts;
    private SealedFile.@Nullable Writer refused;

    Aside(Vault vault, Path quarantine, @Nullable Path texts) throws IOException {
      this.vault = vault;
      this.quarantine = quarantine;
      this.texts = texts == null ? null : new SealedFile.Writer(vault, texts);
    }

    @Override
    public void batch(Batch batch, long recordsBefore) throws IOException {
      warnings += batch.warnings;
      for (Batch.Refused record : batch.refused) {
        refusals.merge(record.problems().getFirst().reason().code(), 1L, Long::sum);
        SealedFile.Writer writer = refused;
        if (writer == null) {
          writer = new SealedFile.Writer(vault, quarantine);
          refused = writer;
        }
        QuarantineEntry.write(writer, recordsBefore + record.record() + 1, record);
      }
      if (texts != null) {
        for (int row = 0; row < batch.rows; row++) {
          DataOutputStream entry = texts.entry();
          entry.writeInt((int) (recordsBefore + batch.recordNumbers[row] + 1));
          int from = batch.vaultEnds[row] - lengthOf(batch, row);
          entry.writeInt(batch.vaultEnds[row] - from);
          entry.write(batch.vault, from, batch.vaultEnds[row] - from);
          texts.entryDone();
        }
      }
    }

    private static int lengthOf(Batch batch, int row) {
      return row == 0 ? batch.vaultEnds[0] : batch.vaultEnds[row] - batch.vaultEnds[row - 1];
    }

    @Override
    public void close() throws IOException {
      if (refused != null) {
        refused.close();
      }
      if (texts != null) {
        texts.close();
      }
    }
  }
}
