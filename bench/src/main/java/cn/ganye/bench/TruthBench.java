package cn.ganye.bench;

import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.Sql;
import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.Memory;
import cn.ganye.pool.Pool;
import cn.ganye.pool.PoolBuild;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.derivation.LedgerTables;
import cn.ganye.pool.identity.Identities;
import cn.ganye.pool.identity.SealedFile;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.intake.QuarantineEntry;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.lake.Settlement;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.reference.ResidentId;
import cn.ganye.synth.Synth;
import cn.ganye.synth.SynthOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sets a pool against the answer key of the synthetic province that it was built from: status by
 * class, each kind of planted fault, the registered figures, and what must hold between marts.
 */
public final class TruthBench {
  private static final String HOME = "36";
  private static final int BATCH = 50_000;

  /** The reason by which the pool should know each kind of fault. */
  private static final Map<String, String> FOUND_AS =
      Map.of(
          "title", "not-a-record",
          "total", "not-a-record",
          "id-cut", "id-cut",
          "id-wrong", "id-invalid",
          "old-number", "credit-code-invalid",
          "dates-reversed", "check-failed",
          "contradiction", "contradiction",
          "row-twice", "duplicate",
          "corrected", "superseded");

  private final SynthOptions province;
  private final Path work;

  /** The province is made and its pool built below {@code work}, which is emptied. */
  public TruthBench(SynthOptions province, Path work) {
    this.province = province;
    this.work = work;
  }

  /** Runs all of it. */
  public void run(PoolBench.Figures figures) throws Exception {
    Folders.delete(work);
    Synth.make(province, (done, of, records) -> {});
    Path root = work.resolve("pool");
    PoolBuild.run(
        BuildOptions.of(province.out(), root, LocalDate.of(2100, 1, 1)), BuildListener.SILENT);
    PoolFolder folder = new PoolFolder(root);
    Manifest manifest = Pool.at(root).current();
    try (Engine engine =
        Engine.open(
            new EngineSettings(
                Memory.machine() / 2,
                Runtime.getRuntime().availableProcessors(),
                work.resolve("spill")))) {
      marts(engine, manifest, root);
      key(engine, Synth.answer(province.out()));
      persons(engine, manifest, folder);
      findings(engine, manifest, folder);
      statuses(engine, figures);
      faults(engine, figures);
      for (String check :
          List.of("registered", "new-employment", "file-twice", "flows-join", "late-sender")) {
        checks(engine, check, figures);
      }
    }
    Folders.delete(work);
  }

  private static void marts(Engine engine, Manifest manifest, Path root) {
    Set<String> names =
        manifest.marts().stream()
            .map(Manifest.MartFile::mart)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String mart : names) {
      engine.view(
          mart,
          manifest.marts().stream()
              .filter(file -> file.mart().equals(mart))
              .map(file -> root.resolve(file.file()))
              .toList());
    }
  }

  private static void key(Engine engine, Path answer) {
    for (String table :
        List.of("status", "faults", "shocks", "registered_unemployment", "new_urban_employment")) {
      engine.execute(
          "key " + table,
          "CREATE TABLE key_"
              + table
              + " AS SELECT * FROM read_csv("
              + Engine.literal(answer.resolve(table + ".csv").toString())
              + ", header = true, all_varchar = true)");
    }
  }

  /** Which person each key stands for: only whoever holds the vault can tell. */
  private static void persons(Engine engine, Manifest manifest, PoolFolder folder)
      throws Exception {
    Vault vault = Vault.open(folder.vault());
    Identities identities =
        Identities.load(vault, manifest.identities().stream().map(folder.root()::resolve).toList());
    engine.table("person_id", "person BIGINT, id VARCHAR", List.of());
    List<Object[]> rows = new ArrayList<>();
    for (int key = 1; key <= identities.persons().count(); key++) {
      rows.add(new Object[] {(long) key, new ResidentId(identities.persons().id(key)).text()});
      if (rows.size() == BATCH || key == identities.persons().count()) {
        engine.rows("person_id", rows);
        rows.clear();
      }
    }
  }

  /** Everything that the pool found about records: refusals, and verdicts of settling. */
  private static void findings(Engine engine, Manifest manifest, PoolFolder folder)
      throws Exception {
    LedgerTables.loads(engine, manifest.loads(), Integer.parseInt(HOME) * 10_000);
    Settlement.settle(
        engine,
        Contracts.builtIn().all(),
        manifest.loads(),
        manifest.undone(),
        folder::find,
        (dataset, done, of) -> {});
    engine.execute(
        "finding",
        "CREATE TABLE finding AS SELECT load, CAST(record AS BIGINT) AS record, verdict AS reason FROM settlement WHERE verdict <> 'contradiction'");
    Vault vault = Vault.open(folder.vault());
    Set<String> files =
        Stream.concat(
                Stream.ofNullable(manifest.contradictions()),
                manifest.loads().stream().map(Load::quarantine).filter(Objects::nonNull))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Object[]> rows = new ArrayList<>();
    for (String file : files) {
      SealedFile.read(
          vault,
          folder.root().resolve(file),
          (page, length) -> {
            while (page.available() > 0) {
              QuarantineEntry entry = QuarantineEntry.read(page);
              String reason = entry.problems().getFirst().replaceFirst("^[^:]*:", "");
              rows.add(new Object[] {entry.load(), entry.record(), reason});
            }
          });
    }
    engine.rows("finding", rows);
  }

  private void statuses(Engine engine, PoolBench.Figures figures) {
    engine.execute("agreement", Sql.resource(TruthBench.class, "agreement.sql"));
    record Row(String truth, long known, long agreed, long unknown) {}
    List<Row> rows =
        engine.read(
            "SELECT truth, CAST(SUM(CASE WHEN said <> 'UNKNOWN' THEN months ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN said = truth THEN months ELSE 0 END) AS BIGINT),"
                + " CAST(SUM(CASE WHEN said = 'UNKNOWN' THEN months ELSE 0 END) AS BIGINT) FROM agreement WHERE truth <> 'UNKNOWN' GROUP BY truth ORDER BY truth",
            row -> new Row(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)));
    long known = 0;
    long agreed = 0;
    for (Row row : rows) {
      String name = row.truth().toLowerCase(Locale.ROOT).replace('_', '-');
      ratio(figures, "status-" + name, row.agreed(), row.known(), "agreement");
      ratio(
          figures,
          "status-" + name + "-unknown",
          row.unknown(),
          row.known() + row.unknown(),
          "share");
      known += row.known();
      agreed += row.agreed();
    }
    ratio(figures, "status", agreed, known, "agreement");
    engine
        .read(
            "SELECT truth_basis, CAST(SUM(CASE WHEN said = truth THEN months ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN said <> 'UNKNOWN' THEN months ELSE 0 END) AS BIGINT)"
                + " FROM agreement WHERE truth <> 'UNKNOWN' GROUP BY truth_basis ORDER BY truth_basis",
            row -> List.of(row.getString(1), row.getLong(2), row.getLong(3)))
        .forEach(
            row ->
                ratio(
                    figures,
                    "basis-" + row.get(0),
                    (Long) row.get(1),
                    (Long) row.get(2),
                    "agreement"));
  }

  private static void faults(Engine engine, PoolBench.Figures figures) {
    List<String> kinds =
        engine.read("SELECT DISTINCT kind FROM key_faults ORDER BY kind", row -> row.getString(1));
    engine.table(
        "found_as",
        "kind VARCHAR, reason VARCHAR",
        FOUND_AS.entrySet().stream()
            .map(pair -> new Object[] {pair.getKey(), pair.getValue()})
            .toList());
    engine.execute("matched", Sql.resource(TruthBench.class, "matched.sql"));
    for (String kind : kinds) {
      String where = " FROM matched WHERE kind = " + Engine.literal(kind);
      long planted = engine.number("SELECT COUNT(*)" + where + " AND planted");
      long found = engine.number("SELECT COUNT(*)" + where + " AND planted AND found");
      long said = engine.number("SELECT COUNT(*)" + where + " AND found");
      long right = engine.number("SELECT COUNT(*)" + where + " AND found AND rightly");
      figures.figure("fault-" + kind + "-planted", Long.toString(planted), "records");
      ratio(figures, "fault-" + kind + "-recall", found, planted, "ratio");
      ratio(figures, "fault-" + kind + "-precision", right, said, "ratio");
    }
    figures.figure(
        "clean-quarantined",
        Long.toString(engine.number(Sql.resource(TruthBench.class, "clean-quarantined.sql"))),
        "records");
  }

  /** A check is a SELECT of (cells, wrong). */
  private static void checks(Engine engine, String check, PoolBench.Figures figures) {
    engine
        .read(
            Sql.resource(TruthBench.class, check + ".sql"),
            row -> List.of(row.getString(1), row.getLong(2), row.getLong(3)))
        .forEach(
            row -> {
              figures.figure(row.get(0) + "-cells", row.get(1).toString(), "cells");
              figures.figure(row.get(0) + "-wrong", row.get(2).toString(), "cells");
            });
  }

  /** A ratio; nothing is said where there is nothing to divide by. */
  private static void ratio(
      PoolBench.Figures figures, String name, long part, long whole, String unit) {
    if (whole > 0) {
      figures.figure(name, String.format(Locale.ROOT, "%.4f", (double) part / whole), unit);
    }
  }
}
