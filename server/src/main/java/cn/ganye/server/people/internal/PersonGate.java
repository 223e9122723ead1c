package cn.ganye.server.people.internal;

import cn.ganye.pool.Pool;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.reference.ResidentId;
import cn.ganye.server.access.Audit;
import cn.ganye.server.access.Current;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.server.people.CellPeople;
import cn.ganye.server.people.PersonLine;
import cn.ganye.server.people.internal.PersonIndex.Found;
import cn.ganye.server.problems.Problem;
import cn.ganye.server.storage.Scope;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one gate to names and numbers. An account sees the people with one of their four places in
 * its region; somebody who stands at its window it may look up by full number, with a reason, for
 * an hour. What is masked is revealed for a reason. Each look-up and each reveal is audited.
 */
@Service
public class PersonGate implements CellPeople {
  private static final Logger LOG = LoggerFactory.getLogger(PersonGate.class);
  private static final ZoneId LEGAL_DAYS = ZoneId.of("Asia/Shanghai");
  private static final int SHORTEST_REASON = 4;
  private static final int LONGEST_REASON = 200;

  /** What was masked. */
  record Revealed(String name, String number) {}

  private final PoolLocation location;
  private final Marts marts;
  private final WindowLookups lookups;
  private final Audit audit;
  private final Clock clock;
  private final Vault vault;
  private @Nullable PersonIndex index;
  private String indexed = "";

  PersonGate(PoolLocation location, Marts marts, WindowLookups lookups, Audit audit, Clock clock)
      throws IOException {
    this.location = location;
    this.marts = marts;
    this.lookups = lookups;
    this.audit = audit;
    this.clock = clock;
    this.vault = Vault.open(new PoolFolder(location.root()).vault());
    follow();
  }

  /** Follows the snapshot in force; while its index is being made the one before serves. */
  @Scheduled(fixedDelay = 3_000, initialDelay = 3_000)
  void follow() {
    if (new PoolFolder(location.root()).inForce().orElse("").equals(indexed)) {
      return;
    }
    Manifest manifest = Pool.at(location.root()).current();
    try {
      PersonIndex fresh = PersonIndex.open(location.root(), manifest);
      synchronized (this) {
        if (index != null) {
          index.close();
        }
        index = fresh;
        indexed = manifest.snapshot();
      }
    } catch (IOException e) {
      LOG.error("the index of names could not be made: {}", e.getClass().getSimpleName());
    }
  }

  /** Uses the index, which may be another one the next time; it stays open until then. */
  <T> T inIndex(IndexUse<T> use) {
    try (PersonIndex.Lease lease = lease()) {
      return use.of(lease.index());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized PersonIndex.Lease lease() {
    PersonIndex now = index;
    if (now == null) {
      throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "names-not-ready", "人员索引正在建立", "稍候再试");
    }
    return now.lease();
  }

  /** Something that reads the index. */
  @FunctionalInterface
  interface IndexUse<T> {
    T of(PersonIndex index) throws IOException;
  }

  /**
   * The person of a reference, for the account of the request.
   *
   * @throws Problem not found, if there is none or the account may not see them: it is not told
   *     which
   */
  public Found see(UUID ref) {
    Scope scope = Current.account().scope();
    Optional<Found> found = inIndex(names -> names.inScope(scope, ref));
    if (found.isEmpty() && lookups.open(ref)) {
      found = inIndex(names -> names.anywhere(ref));
    }
    return found.orElseThrow(() -> Problem.notFound("该人员"));
  }

  /** The reference of a full number; empty if it is no resident ID. */
  Optional<UUID> reference(String number) {
    return ResidentId.parse(number, LocalDate.now(clock.withZone(LEGAL_DAYS)))
        .map(id -> vault.reference(id.text()));
  }

  /** Looks somebody up who stands at the window, by full number. */
  @Transactional
  public Found atTheWindow(String number, String reason) {
    checkReason(reason);
    UUID ref =
        reference(number)
            .orElseThrow(
                () -> Problem.invalid(new Problem.Fault("number", "不是有效的公民身份号码，请核对 18 位与校验码")));
    Optional<Found> found = inIndex(names -> names.anywhere(ref));
    audit.write(
        "window-lookup", ref.toString(), reason.strip(), found.isPresent() ? "found" : "not-found");
    Found person = found.orElseThrow(() -> Problem.notFound("该号码的人员"));
    lookups.open(ref, reason.strip());
    return person;
  }

  /** Shows name and number, for a reason. */
  @Transactional
  public Revealed reveal(UUID ref, String reason) {
    checkReason(reason);
    Found person = see(ref);
    audit.write("person-revealed", ref.toString(), reason.strip(), "");
    return new Revealed(
        person.name(), new String(vault.decrypt(person.sealedNumber()), StandardCharsets.US_ASCII));
  }

  /** Lists the people behind a figure, for a reason. */
  @Override
  @Transactional
  public List<PersonLine> list(List<Long> persons, String figure, String reason) {
    checkReason(reason);
    Scope scope = Current.account().scope();
    audit.write("people-listed", figure, reason.strip(), Integer.toString(persons.size()));
    int lastMonth = marts.snapshot().lastMonth();
    return inIndex(
        names -> {
          List<PersonLine> lines = new ArrayList<>();
          for (long person : persons) {
            names.ofKey(scope, person).ifPresent(found -> lines.add(line(found, lastMonth)));
          }
          return lines;
        });
  }

  /** A person as a list shows them. */
  PersonLine line(Found person, int lastMonth) {
    return new PersonLine(
        person.ref(),
        Names.masked(person.name()),
        person.birthMonth(),
        person.sex(),
        person.hukou(),
        person.residence(),
        person.work(),
        person.relation(),
        person.lastMonth() < lastMonth);
  }

  private static void checkReason(String reason) {
    int length = reason.strip().length();
    if (length < SHORTEST_REASON || length > LONGEST_REASON) {
      throw Problem.invalid(
          new Problem.Fault("reason", "请写明事由，" + SHORTEST_REASON + " 至 " + LONGEST_REASON + " 个字"));
    }
  }

  /** A number as it is shown unless revealed: its first four and last two characters. */
  String masked(Found person) {
    String number = new String(vault.decrypt(person.sealedNumber()), StandardCharsets.US_ASCII);
    return number.substring(0, 4) + "*".repeat(12) + number.substring(16);
  }

  @PreDestroy
  synchronized void close() throws IOException {
    if (index != null) {
      index.close();
      index = null;
    }
  }
}
