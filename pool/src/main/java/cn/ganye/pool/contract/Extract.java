package cn.ganye.pool.contract;

import cn.ganye.pool.PoolProblem;
import cn.ganye.reference.Regions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a dataset is read out of an office's own database: which table or SELECT, what its columns
 * are called in the file, and by which key it is read range by range.
 *
 * @param id names the files and the note of how far it has come
 * @param dataset id of the contract that the files are to meet
 * @param region code of the sender's region
 * @param period yyyymm that all rows speak of; null if the rows say so themselves
 * @param from what to select from: a table's name, or a SELECT in brackets
 * @param columns name or term there, by header in the file
 * @param key column there that tells rows apart and grows
 * @param rows how many rows a file has
 */
public record Extract(
    String id,
    String dataset,
    String region,
    @Nullable Integer period,
    String from,
    Map<String, String> columns,
    String key,
    int rows) {
  private static final Set<String> WORDS =
      Set.of(
          "id", "title", "source", "dataset", "region", "period", "table", "select", "columns",
          "key", "rows");
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_\"][\\p{L}\\p{N}_\".$]{0,127}");
  private static final int ROWS = 100_000;

  public Extract {
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /**
   * Reads one.
   *
   * @throws PoolProblem with every fault and its line
   */
  public static Extract read(Path file, Contracts contracts) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw PoolProblem.use(
          "document-missing",
          file.toString(),
          "there is no such document",
          "./ganye pool extract --help shows what one looks like");
    }
    List<String> faults = new ArrayList<>();
    Document document =
        Document.parse(String.valueOf(file.getFileName()), Files.readString(file), faults);
    document.allow(WORDS);
    String id = document.text("id");
    if (!ID.matcher(id).matches()) {
      document.fault("'id' is small letters, digits and hyphens");
    }
    String dataset = document.text("dataset");
    Contract contract = contracts.find(dataset).orElse(null);
    if (contract == null) {
      document.fault("there is no dataset " + dataset);
    }
    String region = document.text("region");
    if (Regions.china().find(region).isEmpty()) {
      document.fault("'region' is the code of the sender's region, as \"360000\" in quotes");
    }
    boolean table = document.names().contains("table");
    if (table == document.names().contains("select")) {
      document.fault("say either 'table' or 'select'");
    }
    String from =
        table ? document.text("table") : "(" + document.optional("select").orElse("") + ")";
    if (table && !NAME.matcher(from).matches()) {
      document.fault("'table' is a name; write a SELECT under 'select'");
    }
    String key = document.text("key");
    if (!NAME.matcher(key).matches()) {
      document.fault("'key' is the name of a column");
    }
    Map<String, String> columns = new LinkedHashMap<>();
    if (document.names().contains("columns")) {
      Document described = document.mapping("columns");
      described.names().forEach(header -> columns.put(header, described.text(header)));
    }
    if (columns.isEmpty()) {
      document.fault("'columns' says what each column is called in the file: 姓名: aac003");
    }
    if (contract != null) {
      for (Contract.Column column : contract.columns()) {
        if (column.required() && column.headers().stream().noneMatch(columns::containsKey)) {
          document.fault(
              "'columns' has none of the headers of "
                  + column.name()
                  + ", which "
                  + dataset
                  + " needs: "
                  + String.join(", ", column.headers()));
        }
      }
    }
    long rows = document.number("rows", ROWS);
    long period = document.number("period", 0);
    if (rows < 1 || rows > 10_000_000) {
      document.fault("'rows' is how many rows a file has, from 1 to 10000000");
    }
    if (period != 0
        && (period < 199_001 || period > 209_912 || period % 100 == 0 || period % 100 > 12)) {
      document.fault("'period' is a month, as 202512");
    }
    if (!faults.isEmpty()) {
      throw PoolProblem.use(
          "document-faulty",
          file.toString(),
          String.join("\n  ", faults),
          "mend the document and run this again");
    }
    return new Extract(
        id, dataset, region, period == 0 ? null : (int) period, from, columns, key, (int) rows);
  }
}
