package cn.ganye.server.intake.internal;

import cn.ganye.pool.Pool;
import cn.ganye.pool.Quarantine;
import cn.ganye.pool.Quarantine.RefusedRecord;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.intake.RefusalReason;
import cn.ganye.pool.intake.SourceTable;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.storage.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What became of each file: accepted, refused and why, superseded. */
@Service
class ReceivedFiles {
  private static final int PAGE = 50;

  /** Why records of a file were refused. */
  record Refusal(String reason, String title, long records) {}

  /** One file of the ledger. */
  record ReceivedFile(
      int load,
      String file,
      String dataset,
      String datasetTitle,
      int knownFrom,
      long records,
      long accepted,
      long quarantined,
      long duplicates,
      long superseded,
      @Nullable String refused,
      @Nullable String detail,
      List<Refusal> refusals) {}

  record FilesPage(List<ReceivedFile> files, @Nullable Integer next) {}

  /** A dataset at the desk: how fresh it is and what its senders owe. */
  record Dataset(
      String id,
      String title,
      String sender,
      String every,
      int due,
      int files,
      long records,
      long quarantined,
      int lastKnown,
      int complete,
      int missing) {}

  record SnapshotLine(String id, int firstMonth, int lastMonth, int files, boolean current) {}

  private final PoolLocation location;
  private final Marts marts;
  private final Contracts contracts = Contracts.builtIn();
  private final Quarantine quarantine;

  ReceivedFiles(PoolLocation location, Marts marts) {
    this.location = location;
    this.marts = marts;
    this.quarantine = new Quarantine(location.root(), contracts);
  }

  /**
   * A page, the newest load first.
   *
   * @param after load after which the page begins; 0 for the first page
   */
  FilesPage list(int after, boolean refusedOnly) {
    Scope scope = Current.account().scope();
    Map<Integer, Load> loads = new LinkedHashMap<>();
    Pool.at(location.root()).current().loads().forEach(load -> loads.put(load.load(), load));
    Map<Integer, List<Refusal>> refusals = new TreeMap<>();
    marts
        .inRegion(
            scope,
            "SELECT load, reason, SUM(records) AS records FROM refusal GROUP BY load, reason ORDER BY load, records DESC",
            row ->
                Map.entry(
                    (int) row.number("load"), refusal(row.text("reason"), row.number("records"))))
        .forEach(
            entry ->
                refusals
                    .computeIfAbsent(entry.getKey(), l -> new ArrayList<>())
                    .add(entry.getValue()));
    List<ReceivedFile> files =
        marts.inRegion(
            scope,
            "SELECT * FROM intake WHERE (? = 0 OR load < ?) AND (? = 0 OR load IN (SELECT load FROM refusal)) ORDER BY load DESC LIMIT "
                + (PAGE + 1),
            row -> {
              int number = (int) row.number("load");
              Load load = loads.get(number);
              return new ReceivedFile(
                  number,
                  row.text("file"),
                  row.text("dataset"),
                  title(row.text("dataset")),
                  load == null ? 0 : load.knownFrom(),
                  row.number("records"),
                  row.number("accepted"),
                  row.number("quarantined"),
                  row.number("duplicates"),
                  row.number("superseded"),
                  load == null ? null : load.refused(),
                  load == null ? null : load.detail(),
                  refusals.getOrDefault(number, List.of()));
            },
            after,
            after,
            refusedOnly ? 1 : 0);
    boolean more = files.size() > PAGE;
    List<ReceivedFile> page = more ? files.subList(0, PAGE) : files;
    return new FilesPage(page, more ? page.getLast().load() : null);
  }

  private static Refusal refusal(String reason, long records) {
    return new Refusal(
        reason, RefusalReason.of(reason).map(RefusalReason::title).orElse(reason), records);
  }

  private String title(String dataset) {
    return contracts.find(dataset).map(Contract::title).orElse("");
  }

  /** A load of the snapshot in force. */
  Load load(int number) {
    return quarantine.load(number).orElseThrow(() -> Problem.notFound("该文件"));
  }

  /** The table of a load's file, if the file is still there. */
  Optional<SourceTable> table(Load load) throws IOException {
    return quarantine.table(load, location.files());
  }

  /** Refused records of a load, at most so many. */
  List<RefusedRecord> refused(Load load, int most) throws IOException {
    return quarantine.records(load, most);
  }

  /** All datasets, with what came of each and which senders of the last month have not reported. */
  List<Dataset> datasets() {
    Manifest manifest = Pool.at(location.root()).current();
    Map<String, long[]> cover = new LinkedHashMap<>();
    marts
        .inRegion(
            Current.account().scope(),
            "SELECT dataset, SUM(CASE WHEN state = 'complete' THEN 1 ELSE 0 END) AS complete,"
                + " SUM(CASE WHEN state IN ('missing', 'partial') THEN 1 ELSE 0 END) AS missing FROM coverage WHERE month = ? GROUP BY dataset",
            row ->
                Map.entry(
                    row.text("dataset"),
                    new long[] {row.number("complete"), row.number("missing")}),
            manifest.lastMonth())
        .forEach(entry -> cover.put(entry.getKey(), entry.getValue()));
    List<Dataset> datasets = new ArrayList<>();
    for (Contract contract : contracts.all()) {
      List<Load> loads =
          manifest.loads().stream().filter(l -> l.dataset().equals(contract.id())).toList();
      long[] states = cover.getOrDefault(contract.id(), new long[2]);
      datasets.add(
          new Dataset(
              contract.id(),
              contract.title(),
              contract.sender(),
              contract.every().word(),
              contract.due(),
              loads.size(),
              loads.stream().mapToLong(Load::records).sum(),
              loads.stream().mapToLong(Load::quarantined).sum(),
              loads.stream().mapToInt(Load::knownFrom).max().orElse(0),
              (int) states[0],
              (int) states[1]));
    }
    return datasets;
  }

  /** Snapshots that are kept, the newest first. */
  List<SnapshotLine> snapshots() {
    Pool pool = Pool.at(location.root());
    String current = pool.current().snapshot();
    return pool.snapshots().stream()
        .map(
            s ->
                new SnapshotLine(
                    s.snapshot(),
                    s.firstMonth(),
                    s.lastMonth(),
                    s.loads().size(),
                    s.snapshot().equals(current)))
        .toList();
  }
}
