package cn.ganye.pool.contract;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All contracts and code lists in force: those of the house, and those of a folder beside it. */
public final class Contracts {
  private final Map<String, Contract> byId = new TreeMap<>();
  private final Map<String, CodeList> lists = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  private Contracts() {}

  /** The contracts of the house. */
  public static Contracts builtIn() {
    Contracts contracts = new Contracts();
    contracts.referenceLists();
    contracts.readLists("code-lists.yaml", resource("code-lists.yaml"));
    for (String id : resource("contracts.txt").split("\n")) {
      if (!id.isBlank()) {
        contracts.readContract(id.strip() + ".yaml", resource(id.strip() + ".yaml"));
      }
    }
    contracts.refuseFaults();
    return contracts;
  }

  /**
   * The contracts of the house and those of a folder: {@code contracts/*.yaml}, {@code
   * code-lists.yaml}.
   *
   * @throws PoolProblem with all faults at once
   */
  public static Contracts with(Path documents) {
    Contracts contracts = builtIn();
    Path lists = documents.resolve("code-lists.yaml");
    Path folder = documents.resolve("contracts");
    try {
      if (Files.exists(lists)) {
        contracts.readLists(lists.toString(), Files.readString(lists));
      }
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
            contracts.readContract(file.toString(), Files.readString(file));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(documents.toString(), e);
    }
    contracts.refuseFaults();
    return contracts;
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
    Contract best = null;
    int length = 0;
    for (Contract contract : byId.values()) {
      for (String alias :
          Stream.concat(Stream.of(contract.id(), contract.title()), contract.aliases().stream())
              .toList()) {
        String word = plain(alias);
        boolean whole =
            plain.startsWith(word)
                && (plain.length() == word.length()
                    || !Character.isLetter(plain.charAt(word.length())));
        if (whole && word.length() > length) {
          best = contract;
          length = word.length();
        }
      }
    }
    return Optional.ofNullable(best);
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
      List<List<String>> rows = new ArrayList<>();
      for (String code : list.names()) {
        List<String> row = new ArrayList<>(List.of(code));
        row.addAll(list.list(code));
        rows.add(row);
      }
      CodeList before = lists.get(id);
      if (before != null) {
        for (int i = 0; i < before.codes().size(); i++) {
          rows.add(List.of(before.codes().get(i), before.titles().get(i)));
        }
      }
      lists.put(id, CodeList.of(id, rows));
    }
  }

  private void readContract(String file, String text) {
    Contract contract = new ContractReader(file, text, lists, faults).read();
    if (byId.put(contract.id(), contract) != null) {
      faults.add(file + ":1: a contract with id " + contract.id() + " is there already");
    }
  }

  private void refuseFaults() {
    if (!faults.isEmpty()) {
      throw PoolProblem.use(
          "document-fault",
          faults.getFirst().split(":", 2)[0],
          String.join("\n", faults),
          "mend the lines named and run the command again");
    }
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
