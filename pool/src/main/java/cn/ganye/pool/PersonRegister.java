package cn.ganye.pool;

import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineSettings;
import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.derivation.LedgerTables;
import cn.ganye.pool.identity.Identities;
import cn.ganye.pool.identity.PersonKeys;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.identity.VaultNames;
import cn.ganye.pool.lake.Settlement;
import cn.ganye.pool.snapshot.Leases;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.reference.ResidentId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everybody in the frame of a snapshot, with number and name. What is made of it counts as vault:
 * mode 0700, never exported.
 */
public final class PersonRegister {
  /** Only for files whose names say no region, of which residents' files have no use. */
  private static final int HOME = 360_000;

  private PersonRegister() {}

  /**
   * One person.
   *
   * @param person the pool's own key, which never leaves it
   * @param number resident ID
   * @param ref what the person goes by outside
   * @param name as the residents' register has it; empty if it has none
   * @param birthMonth yyyymm
   * @param hukou code of the village or township, as far as the residents' register tells; else the
   *     six digits of the county
   * @param residence likewise
   * @param household the smallest key among the members of the household; null if none is told
   * @param relation to the head of the household; null if not told
   * @param lastMonth yyyymm: the last month of the window in which the person is in the frame
   */
  public record Entry(
      int person,
      String number,
      UUID ref,
      String name,
      int birthMonth,
      String sex,
      String hukou,
      String residence,
      String insured,
      String work,
      String education,
      @Nullable Long household,
      @Nullable String relation,
      int lastMonth) {}

  /** Takes one person after the other. */
  @FunctionalInterface
  public interface Reader {
    /** The next person, in the order of their keys. */
    void person(Entry entry) throws IOException;
  }

  /** Reads all persons of a snapshot. */
  public static void read(Path pool, Manifest manifest, Reader reader) throws IOException {
    PoolFolder folder = new PoolFolder(pool);
    Vault vault = Vault.open(folder.vault());
    PersonKeys keys =
        Identities.load(vault, manifest.identities().stream().map(folder.root()::resolve).toList())
            .persons();
    Contract residents = Contracts.builtIn().find("resident").orElseThrow();
    Path spill = folder.root().resolve("register-spill");
    Vault.makePrivate(spill);
    try (Leases.Lease _ = Leases.take(folder, manifest.snapshot());
        Engine engine =
            Engine.open(
                new EngineSettings(
                    Memory.machine() / 4, Runtime.getRuntime().availableProcessors(), spill))) {
      LedgerTables.loads(engine, manifest.loads(), HOME);
      Settlement.settle(
          engine,
          List.of(residents),
          manifest.loads(),
          manifest.undone(),
          folder::find,
          (dataset, done, of) -> {});
      VaultNames.load(engine, residents, "name", manifest.loads(), vault, folder::find);
      engine.view(
          "person_frame",
          manifest.marts().stream()
              .filter(file -> file.mart().equals("person_frame"))
              .map(file -> folder.root().resolve(file.file()))
              .toList());
      engine.each(
          "SELECT f.*, n.name FROM person_frame f JOIN resident r ON r.person = f.person"
              + " LEFT JOIN vault_name n ON n.load = r.load AND n.record = r.record ORDER BY f.person",
          row -> {
            int person = row.getInt("person");
            String number = new ResidentId(keys.id(person)).text();
            String name = row.getString("name");
            long household = row.getLong("household");
            reader.person(
                new Entry(
                    person,
                    number,
                    vault.reference(number),
                    name == null ? "" : name,
                    row.getInt("birth_month"),
                    row.getString("sex"),
                    place(row.getLong("hukou_place")),
                    place(row.getLong("residence_place")),
                    row.getString("insured"),
                    row.getString("work"),
                    row.getString("education"),
                    household == 0 ? null : household,
                    row.getString("relation"),
                    row.getInt("last_month")));
          });
    }
  }

  private static String place(long twelve) {
    String code = String.format(Locale.ROOT, "%012d", twelve);
    return code.endsWith("000000")
        ? code.substring(0, 6)
        : code.endsWith("000") ? code.substring(0, 9) : code;
  }
}
