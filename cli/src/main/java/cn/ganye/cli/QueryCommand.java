package cn.ganye.cli;

import cn.ganye.pool.Pool;
import cn.ganye.pool.query.QuerySession;
import cn.ganye.reference.CsvText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye pool query}: one SELECT over the marts. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Run one SELECT over the marts of the snapshot in force.",
    footer = {
      "",
      "Marts and their columns: docs/data-dictionary.md, or",
      "SELECT table_name, column_name, data_type FROM information_schema.columns",
      "A statement that is not one SELECT over marts is refused with exit status 2."
    })
final class QueryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SELECT", description = "The statement.")
  String sql = "";

  @Mixin PoolCommand.Folder folder = new PoolCommand.Folder();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "csv, json or table (default csv).")
  String format = "csv";

  @Option(
      names = "--snapshot",
      paramLabel = "ID",
      description =
          "A snapshot that is kept, or the beginning of its id (default: the one in force).")
  @Nullable String snapshot;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Pool pool = Pool.at(folder.pool);
    try (QuerySession session =
        pool.query(snapshot == null ? pool.current() : pool.snapshot(snapshot))) {
      switch (format) {
        case "csv" -> session.run(sql, new Csv(out));
        case "json" -> {
          Json json = new Json();
          session.run(sql, json);
          out.println(JsonMapper.shared().writeValueAsString(json.rows));
        }
        case "table" -> {
          Text text = new Text();
          session.run(sql, text);
          out.print(text.table.text());
        }
        default ->
            throw new ParameterException(
                spec.commandLine(), "--format is csv, json or table, not " + format);
      }
    }
    out.flush();
    return 0;
  }

  private record Csv(PrintWriter out) implements QuerySession.RowSink {
    @Override
    public void header(List<String> columns) {
      out.print(columns.stream().map(CsvText::cell).collect(Collectors.joining(",", "", "\n")));
    }

    @Override
    public void row(List<@Nullable Object> values) {
      out.print(
          values.stream()
              .map(value -> value == null ? "" : CsvText.cell(value.toString()))
              .collect(Collectors.joining(",", "", "\n")));
    }
  }

  private static final class Json implements QuerySession.RowSink {
    final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    private List<String> names = List.of();

    @Override
    public void header(List<String> columns) {
      names = columns;
    }

    @Override
    public void row(List<@Nullable Object> values) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        row.put(names.get(i), values.get(i));
      }
      rows.add(row);
    }
  }

  private static final class Text implements QuerySession.RowSink {
    final Table table = new Table();

    @Override
    public void header(List<String> columns) {
      table.row(columns);
    }

    @Override
    public void row(List<@Nullable Object> values) {
      table.row(values.stream().map(value -> value == null ? "—" : value.toString()).toList());
    }
  }
}
