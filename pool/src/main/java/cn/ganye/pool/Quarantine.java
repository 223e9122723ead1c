package cn.ganye.pool;

import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import cn.ganye.pool.identity.SealedFile;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.intake.QuarantineEntry;
import cn.ganye.pool.intake.RefusalReason;
import cn.ganye.pool.intake.SourceTable;
import cn.ganye.pool.lake.Load;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.reference.CsvText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the snapshot in force keeps of refused records: personal data, for who holds the vault and
 * has a reason.
 */
public final class Quarantine {
  /**
   * A refused record.
   *
   * @param record its number in the file
   * @param problems every reason in words, with the column's usual header
   * @param headers words by which the file may call the columns that have a problem
   */
  public record RefusedRecord(
      long record, String text, List<String> problems, Set<String> headers) {}

  private final PoolFolder folder;
  private final Contracts contracts;

  /** That of a pool. */
  public Quarantine(Path pool, Contracts contracts) {
    this.folder = new PoolFolder(pool);
    this.contracts = contracts;
  }

  /** A load of the snapshot in force; empty if there is none of that number. */
  public Optional<Load> load(int number) {
    return manifest().loads().stream().filter(load -> load.load() == number).findFirst();
  }

  private Manifest manifest() {
    return Pool.at(folder.root()).current();
  }

  /**
   * Refused records of a load, those that contradict others at the end.
   *
   * @param most how many at most
   */
  public List<RefusedRecord> records(Load load, int most) throws IOException {
    Vault vault = Vault.open(folder.vault());
    List<RefusedRecord> records = new ArrayList<>();
    for (String sealed : Arrays.asList(load.quarantine(), manifest().contradictions())) {
      if (sealed != null) {
        read(vault, folder.root().resolve(sealed), load, most, records);
      }
    }
    return records;
  }

  private void read(Vault vault, Path sealed, Load load, int most, List<RefusedRecord> records)
      throws IOException {
    Map<String, List<String>> headers =
        contracts
            .find(load.dataset())
            .map(
                contract ->
                    contract.columns().stream()
                        .collect(Collectors.toMap(Contract.Column::name, Contract.Column::headers)))
            .orElse(Map.of());
    SealedFile.read(
        vault,
        sealed,
        (entries, length) -> {
          while (entries.available() > 0) {
            QuarantineEntry entry = QuarantineEntry.read(entries);
            if (entry.load() == load.load() && records.size() < most) {
              records.add(
                  new RefusedRecord(
                      entry.record(),
                      new String(entry.text(), StandardCharsets.UTF_8),
                      entry.problems().stream().map(p -> inWords(p, headers)).toList(),
                      entry.problems().stream()
                          .flatMap(p -> headers.getOrDefault(column(p), List.of()).stream())
                          .collect(Collectors.toSet())));
            }
          }
        });
  }

  private static String column(String problem) {
    return problem.substring(0, Math.max(0, problem.lastIndexOf(':')));
  }

  /** {@code column:reason} in Chinese. */
  private static String inWords(String problem, Map<String, List<String>> headers) {
    String column = column(problem);
    String reason = problem.substring(problem.lastIndexOf(':') + 1);
    String title = RefusalReason.of(reason).map(RefusalReason::title).orElse(reason);
    return column.isEmpty()
        ? title
        : headers.getOrDefault(column, List.of(column)).getFirst() + "：" + title;
  }

  /**
   * The table of a load's file; empty if the file is not there any more.
   *
   * @param files folder that it came to
   */
  public Optional<SourceTable> table(Load load, Path files) throws IOException {
    return SourceTable.of(files, load.file(), contracts);
  }

  /**
   * What a table of a load's mended records is called, so that it is understood when it comes back:
   * {@code dataset_region_period_sentdate}.
   */
  public static String mendedName(Load load, LocalDate sent) {
    return Stream.of(
            load.dataset(),
            load.region() == 0 ? "" : Integer.toString(load.region()),
            load.period() == 0 ? "" : Integer.toString(load.period()),
            DateTimeFormatter.BASIC_ISO_DATE.format(sent))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("_"));
  }

  /** A table of mended records as CSV, under the file's own header. */
  public static byte[] mended(List<String> header, List<List<String>> records) {
    return Stream.concat(Stream.of(header), records.stream())
        .map(row -> row.stream().map(CsvText::cell).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n", "", "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
