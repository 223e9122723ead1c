package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say of which rows estimates are. */
final class SurveyDomains {
  @Option(names = "--by", paramLabel = "C", description = "A row for each value of a column.")
  @Nullable String by;

  @Option(
      names = "--where",
      paramLabel = "\"C>4\"",
      description = "Only of rows that fulfil it: a domain, not a smaller sample.")
  @Nullable String where;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /**
   * The rows of each domain by its name, in order; one without a name if there is no {@code --by}.
   *
   * @throws PoolProblem if no row fulfils {@code --where}
   */
  Map<String, boolean[]> of(DataTable table) {
    boolean[] within = within(table);
    Map<String, boolean[]> domains = new LinkedHashMap<>();
    if (by == null) {
      domains.put("", within);
      return domains;
    }
    String[] values = table.text(by);
    boolean numbers =
        Arrays.stream(values)
            .filter(value -> !DataTable.isMissing(value))
            .noneMatch(value -> Double.isNaN(DataTable.number(value)));
    Comparator<String> order =
        numbers
            ? Comparator.comparingDouble(DataTable::number).thenComparing(value -> value)
            : Comparator.naturalOrder();
    Set<String> levels = new TreeSet<>(order);
    for (int i = 0; i < values.length; i++) {
      if (within[i] && !DataTable.isMissing(values[i])) {
        levels.add(values[i]);
      }
    }
    for (String level : levels) {
      boolean[] domain = new boolean[values.length];
      for (int i = 0; i < values.length; i++) {
        domain[i] = within[i] && values[i].equals(level);
      }
      domains.put(level, domain);
    }
    return domains;
  }

  private boolean[] within(DataTable table) {
    boolean[] within = new boolean[table.size()];
    Arrays.fill(within, true);
    String asks = where;
    if (asks != null) {
      within = RowCondition.parse(asks, this::wrongUse).rows(table);
      boolean any = false;
      for (boolean one : within) {
        any |= one;
      }
      if (!any) {
        throw PoolProblem.use(
            "domain-empty",
            "--where",
            "no row fulfils " + asks,
            "a domain without a sample has no estimate: ask a wider one");
      }
    }
    return within;
  }

  private ParameterException wrongUse(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
