package cn.ganye.server.marts;

import cn.ganye.engine.EngineException;
import cn.ganye.pool.Pool;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.snapshot.MartDamage;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.server.storage.Scope;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The one gate to the marts of the snapshot in force. What a statement names — {@code stock},
 * {@code flow} — are views that hold only what the scope covers, so that no statement can ask for
 * more.
 */
@Service
public class Marts {
  /** How long it is taken for granted which snapshot is in force: to look is to read a file. */
  private static final long FRESH = Duration.ofMillis(100).toNanos();

  private final PoolLocation location;
  private final PoolFolder folder;
  private final Contracts contracts = Contracts.builtIn();
  private @Nullable OpenSnapshot open;
  private long looked;

  /** For the application. */
  public Marts(PoolLocation location) {
    this.location = location;
    this.folder = new PoolFolder(location.root());
  }

  /** The snapshot in force. */
  public Snapshot snapshot() {
    return lease(
        open ->
            new Snapshot(
                open.manifest().snapshot(),
                open.manifest().firstMonth(),
                open.manifest().lastMonth(),
                location.synthetic()));
  }

  /**
   * Reads marts by region: rows of the scope's region alone; {@code stock_202512} is one month of a
   * mart, {@code status_month} and {@code employed_month} are roll-ups of {@code stock}, {@code
   * person_state} holds the statuses of those who live there, to be counted. Of an account below
   * the county, those of its county, since marts know no smaller place.
   */
  public <T> T inRegion(Scope scope, Function<Rows, T> reading) {
    return lease(snapshot -> snapshot.readRegion(county(scope), reading));
  }

  private static String county(Scope scope) {
    return scope.region().substring(0, Math.min(6, scope.region().length()));
  }

  /** The same for one statement. */
  public <T> List<T> inRegion(
      Scope scope, String sql, Function<Row, T> reader, Object... parameters) {
    return inRegion(scope, rows -> rows.read(sql, reader, parameters));
  }

  /**
   * Reads the rows of {@code person_file} about one person: only for whom the register of people
   * has let the account see.
   */
  public <T> List<T> ofPerson(long person, Function<Row, T> reader) {
    return lease(snapshot -> snapshot.lookups().person(person, reader));
  }

  /** How the enterprises that marts of a person name by their keys are called. */
  public Map<Long, Employer> employers(Collection<Long> keys) {
    return lease(snapshot -> snapshot.lookups().employers(keys));
  }

  /** An enterprise as it is within the scope's region; empty if it has no jobs there. */
  public Optional<EmployerRecord> employer(Scope scope, UUID ref) {
    return lease(snapshot -> snapshot.lookups().employer(county(scope), ref));
  }

  /**
   * The records of one dataset about one person, the newest first: of whom the register of people
   * has let the account see.
   *
   * @param dataset id of a contract with a column {@code person}
   */
  public List<SourceRecord> records(long person, String dataset) {
    Contract contract =
        contracts
            .find(dataset)
            .filter(Marts::isOfPersons)
            .orElseThrow(() -> new IllegalArgumentException("no dataset of persons: " + dataset));
    return lease(snapshot -> snapshot.records(person, contract));
  }

  /** Keeps a snapshot for good, so that what was said of it can be compared with later ones. */
  public void keep(String snapshot) {
    try {
      folder.keep(snapshot);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What has changed in a region's month since a snapshot, and which files brought it.
   *
   * @param since a snapshot that was kept
   */
  public Revision revision(String since, String region, int month) {
    return lease(
        snapshot ->
            Revisions.between(
                location.root(), folder.manifest(since), snapshot.manifest(), region, month));
  }

  /** Ids of the datasets that have records about persons. */
  public List<String> datasetsOfPersons() {
    return contracts.all().stream().filter(Marts::isOfPersons).map(Contract::id).toList();
  }

  private static boolean isOfPersons(Contract contract) {
    return contract.stored().stream().anyMatch(column -> column.name().equals("person"));
  }

  private <T> T lease(Function<OpenSnapshot, T> work) {
    OpenSnapshot snapshot = current();
    try {
      return work.apply(snapshot);
    } catch (EngineException e) {
      throw MartDamage.of(location.root(), snapshot.manifest(), mart -> true)
          .<RuntimeException>map(damage -> damage)
          .orElse(e);
    } finally {
      snapshot.release();
    }
  }

  /** The open snapshot, opened anew when another one is in force; closed when nobody reads it. */
  private synchronized OpenSnapshot current() {
    OpenSnapshot now = open;
    if (now != null && System.nanoTime() - looked < FRESH) {
      now.lease();
      return now;
    }
    String inForce = folder.inForce().orElse("");
    looked = System.nanoTime();
    if (now == null || !now.manifest().snapshot().equals(inForce)) {
      OpenSnapshot fresh =
          Pool.at(location.root()).inForce(manifest -> OpenSnapshot.of(location.root(), manifest));
      if (now != null) {
        now.release();
      }
      now = fresh;
      open = fresh;
    }
    now.lease();
    return now;
  }

  @PreDestroy
  synchronized void close() {
    if (open != null) {
      open.release();
      open = null;
    }
  }
}
