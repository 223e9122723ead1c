package cn.ganye.pool.contract;

import cn.ganye.pool.contract.Contract.Check;
import cn.ganye.pool.contract.Contract.Column;
import cn.ganye.reference.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one contract and notes every fault with its line. */
final class ContractReader {
  private static final Set<String> WORDS =
      Set.of(
          "id", "title", "aliases", "sender", "source", "grade", "grain", "period", "every", "due",
          "columns", "unused", "key", "checks", "names");
  private static final Set<String> COLUMN_WORDS =
      Set.of("type", "header", "required", "list", "stands_in", "otherwise", "min", "unless");

  private final Document document;
  private final Map<String, CodeList> lists;

  ContractReader(String file, String text, Map<String, CodeList> lists, List<String> faults) {
    this.document = Document.parse(file, text, faults);
    this.lists = lists;
  }

  Contract read() {
    document.allow(WORDS);
    List<Column> columns = new ArrayList<>();
    Document described = document.mapping("columns");
    for (String name : described.names()) {
      column(name, described.mapping(name)).ifPresent(columns::add);
    }
    List<String> names = columns.stream().map(Column::name).toList();
    List<String> key = document.list("key");
    for (String part : key) {
      if (!names.contains(part)) {
        document.fault("the key names a column that is not there: " + part);
      }
    }
    if (key.isEmpty()) {
      document.fault("'key' is missing: which columns tell one row from another?");
    }
    @Nullable Document period =
        document.names().contains("period") ? document.mapping("period") : null;
    if (period != null) {
      period.allow(Set.of("column", "unit", "window"));
    }
    String sender = sender(document.text("sender"));
    return new Contract(
        document.text("id"),
        document.text("title"),
        document.list("aliases"),
        sender,
        document.optional("source").orElse(""),
        document.optional("grade").orElse(""),
        document.text("grain"),
        period == null ? null : period.text("column"),
        period != null && period.flag("window"),
        every(),
        (int) document.number("due", 0),
        columns,
        document.list("unused"),
        key,
        checks(names),
        named(columns));
  }

  /** Monthly where rows have a period and nothing else is said; else whenever something changes. */
  private Contract.Every every() {
    String usual = document.names().contains("period") ? "month" : "change";
    String word = document.optional("every").orElse(usual);
    for (Contract.Every every : Contract.Every.values()) {
      if (every.word().equals(word)) {
        return every;
      }
    }
    document.fault("'every' is month, quarter, year or change, not " + word);
    return Contract.Every.CHANGE;
  }

  private Contract.@Nullable Names named(List<Column> columns) {
    if (!document.names().contains("names")) {
      return null;
    }
    Document said = document.mapping("names");
    said.allow(Set.of("number", "name"));
    String number = said.text("number");
    String name = said.text("name");
    if (columns.stream().noneMatch(c -> c.name().equals(number) && c.type().isEnterprise())) {
      said.fault("'number' needs a column of type unit_no or credit_code");
    }
    if (columns.stream().noneMatch(c -> c.name().equals(name) && c.type() == ColumnType.TEXT)) {
      said.fault("'name' needs a column of type text");
    }
    return new Contract.Names(number, name);
  }

  /** The code of a sender, who may be named by title as well. */
  private String sender(String word) {
    CodeList senders = lists.get("sender");
    Integer index = senders == null ? null : senders.index(word);
    if (senders == null || index == null) {
      if (!word.isEmpty()) {
        document.fault(
            "no sender '"
                + word
                + "' in the code list sender: "
                + (senders == null ? "" : String.join(", ", senders.codes())));
      }
      return word;
    }
    return senders.codes().get(index);
  }

  private Optional<Column> column(String name, Document column) {
    column.allow(COLUMN_WORDS);
    String word = column.text("type");
    Optional<ColumnType> type =
        Arrays.stream(ColumnType.values()).filter(t -> t.word().equals(word)).findFirst();
    if (type.isEmpty()) {
      column.fault(
          "no type '"
              + word
              + "'; known: "
              + Arrays.stream(ColumnType.values())
                  .map(ColumnType::word)
                  .collect(Collectors.joining(", ")));
      return Optional.empty();
    }
    @Nullable String list =
        type.get() == ColumnType.INDUSTRY ? "industry" : column.optional("list").orElse(null);
    if (type.get() == ColumnType.CODE && (list == null || !lists.containsKey(list))) {
      column.fault("column " + name + " needs a code list that exists");
    }
    List<String> headers = column.list("header");
    if (headers.isEmpty()) {
      column.fault("column " + name + " needs 'header': the words that files use for it");
    }
    long unit = type.get() == ColumnType.YUAN ? 100 : 1;
    @Nullable Long min =
        column.names().contains("min") ? Long.valueOf(column.number("min", 0) * unit) : null;
    return Optional.of(
        new Column(
            name,
            type.get(),
            headers,
            column.flag("required"),
            list,
            column.optional("stands_in").orElse(null),
            column.optional("otherwise").orElse(null),
            min,
            column.optional("unless").map(text -> condition(column, text)).orElse(null)));
  }

  private List<Check> checks(List<String> names) {
    List<Check> checks = new ArrayList<>();
    for (Document check : document.mappings("checks")) {
      check.allow(Set.of("say", "that", "param", "else"));
      @Nullable Condition that = condition(check, check.text("that"));
      if (that != null && !names.contains(that.left())) {
        check.fault("the check compares a column that is not there: " + that.left());
      } else if (that != null) {
        @Nullable String param = check.optional("param").orElse(null);
        if (param != null && Parameter.all().stream().noneMatch(p -> p.id().equals(param))) {
          check.fault("there is no parameter " + param);
        }
        checks.add(new Check(check.text("say"), that, param, !check.text("else").equals("warn")));
      }
    }
    return checks;
  }

  private static @Nullable Condition condition(Document at, String text) {
    try {
      return Condition.parse(text);
    } catch (IllegalArgumentException e) {
      at.fault(String.valueOf(e.getMessage()));
      return null;
    }
  }
}
