package cn.ganye.pool.contract;

import cn.ganye.engine.Hashes;
import cn.ganye.pool.PoolProblem;
import cn.ganye.reference.Industries;
import cn.ganye.reference.PersonCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** All contracts and code lists in force: those of the house, and those of a folder beside it. */
public final class Contracts {
  private static final int FINGERPRINT = 16;

  private final Map<String, Contract> byId = new TreeMap<>();
  private final Map<String, CodeList> lists = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Map<String, String> fingerprints = new ConcurrentHashMap<>();
  private List<Name> names = List.of();

  private Contracts() {}

  /** A name that files of a contract begin with, in its plain form. */
  private record Name(String plain, Contract contract) {
    static Stream<Name> of(Contract contract) {
      return Stream.concat(Stream.of(contract.id(), contract.title()), contract.aliases().stream())
          .map(name -> new Name(Contracts.plain(name), contract));
    }

    boolean begins(String file) {
      return file.startsWith(plain)
          && (file.length() == plain.length() || !Character.isLetter(file.charAt(plain.length())));
    }
  }

  /** The contracts of the house. */
  public static Contracts builtIn() {
    Contracts contracts = new Contracts();
    contracts.referenceLists();
    contracts.readLists("code-lists.yaml", resource("code-lists.yaml"));
    for (String id : resource("contracts.txt").split("\n")) {
      if (!id.isBlank()) {
        contracts.readContract(id.strip() + ".yaml", resource(id.strip() + ".yaml"), Map.of());
      }
    }
    return contracts.whole();
  }

  /**
   * The contracts of the house and those of a folder: {@code contracts/*.yaml}, {@code
   * code-lists.yaml}. A contract there stands in for the one of the house with its id, if it has
   * all of its columns.
   *
   * @throws PoolProblem with all faults at once
   */
  public static Contracts with(Path documents) {
    Contracts contracts = builtIn();
    Map<String, Contract> house = Map.copyOf(contracts.byId);
    Path lists = documents.resolve("code-lists.yaml");
    Path folder = documents.resolve("contracts");
    try {
      if (Files.exists(lists)) {
        contracts.readLists(lists.toString(), Files.readString(lists));
      }
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
            contracts.readContract(file.toString(), Files.readString(file), house);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(documents.toString(), e);
    }
    return contracts.whole();
  }

  /** All contracts, by id. */
  public List<Contract> all() {
    return List.copyOf(byId.values());
  }

  /** The contract of an id. */
  public Optional<Contract> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** A code list; fails if there is none of that id. */
  public CodeList list(String id) {
    CodeList list = lists.get(id);
    if (list == null) {
      throw new IllegalArgumentException("no code list " + id + " among " + lists.keySet());
    }
    return list;
  }

  /**
   * A fingerprint of what decides how a record is read by a contract: a file that was taken in
   * under another one may be read otherwise now.
   *
   * @param contract one of these
   */
  public String fingerprint(Contract contract) {
    return fingerprints.computeIfAbsent(contract.id(), _ -> fingerprintOf(contract));
  }

  private String fingerprintOf(Contract contract) {
    StringBuilder decides = new StringBuilder();
    decides
        .append(contract.id())
        .append(contract.period())
        .append(contract.window())
        .append(contract.columns())
        .append(contract.unused())
        .append(contract.key())
        .append(contract.checks())
        .append(contract.names());
    contract.columns().stream()
        .map(Contract.Column::list)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(id -> decides.append(list(id).codes()).append(new TreeMap<>(list(id).byWord())));
    return Hashes.of(decides.toString()).substring(0, FINGERPRINT);
  }

  /** All code lists, by id. */
  public Map<String, CodeList> lists() {
    return Map.copyOf(lists);
  }

  /**
   * The contract that a file name begins with, the longest name first; hyphen, underscore and space
   * count as one.
   */
  public Optional<Contract> named(String fileName) {
    String plain = plain(fileName);
    return names.stream().filter(name -> name.begins(plain)).map(Name::contract).findFirst();
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }

  private void referenceLists() {
    for (String id : List.of("sex", "ethnicity", "education", "marital-status")) {
      List<List<String>> rows = new ArrayList<>();
      new TreeMap<>(PersonCodes.list(id)).forEach((code, name) -> rows.add(List.of(code, name)));
      lists.put(id, CodeList.of(id, rows));
    }
    lists.put(
        "industry",
        CodeList.of(
            "industry", Industries.all().stream().map(i -> List.of(i.code(), i.name())).toList()));
  }

  private void readLists(String file, String text) {
    Document document = Document.parse(file, text, faults);
    for (String id : document.names()) {
      Document list = document.mapping(id);
      CodeList before = lists.get(id);
      Map<String, List<String>> words =
          before == null ? new LinkedHashMap<>() : before.wordsByCode();
      for (String code : list.names()) {
        words.computeIfAbsent(code, c -> new ArrayList<>(List.of(c))).addAll(list.list(code));
      }
      lists.put(id, CodeList.of(id, List.copyOf(words.values())));
    }
  }

  private void readContract(String file, String text, Map<String, Contract> house) {
    Contract contract = new ContractReader(file, text, lists, faults).read();
    Contract there = byId.put(contract.id(), contract);
    if (there == null) {
      return;
    }
    if (!there.equals(house.get(contract.id()))) {
      faults.add(file + ":1: a contract with id " + contract.id() + " is there already");
      return;
    }
    for (Contract.Column column : there.columns()) {
      if (contract.column(column.name()).filter(c -> c.type() == column.type()).isEmpty()) {
        faults.add(
            file
                + ":1: it stands in for the contract of the house and needs its column "
                + column.name()
                + " of type "
                + column.type().word()
                + ", which steps read");
      }
    }
  }

  /** These, now that all documents are read; faults are told all at once. */
  private Contracts whole() {
    if (!faults.isEmpty()) {
      throw PoolProblem.use(
          "document-fault",
          faults.getFirst().split(":", 2)[0],
          String.join("\n", faults),
          "mend the lines named and run the command again");
    }
    names =
        byId.values().stream()
            .flatMap(Name::of)
            .sorted(Comparator.comparingInt((Name name) -> name.plain().length()).reversed())
            .toList();
    return this;
  }

  private static String resource(String name) {
    try (InputStream in = Contracts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
