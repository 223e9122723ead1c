package cn.ganye.engine.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.planning.ExtractEquiJoinKeys;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.InsertIntoHadoopFsRelationCommand;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.util.QueryExecutionListener;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Looks at the plan of each table that is written for what no number of machines makes faster:
 * pairs without a key, and windows of everything. It sees the optimised plan, which does not hang
 * on how much data there is. Spark makes it, by {@code spark.sql.queryExecutionListeners}.
 */
public final class Plans implements QueryExecutionListener {
  /**
   * A join without a key, or a window without a partition, whose sides grow with the province: they
   * are neither a few rows for settings, days, months or loads, nor the distinct cells of
   * something.
   */
  record Whole(String step, String what, Set<String> tables, Set<String> others) {}

  private static final Set<String> FEW =
      Set.of(
          "setting",
          "dated_setting",
          "age_band",
          "pool_window",
          "month",
          "period",
          "period_reach",
          "lookback",
          "calendar_day",
          "calendar_month",
          "day_number",
          "home_county",
          "load",
          "dataset_rule");

  static final List<Whole> FOUND = Collections.synchronizedList(new ArrayList<>());
  static final Set<String> SEEN = Collections.synchronizedSet(new TreeSet<>());

  @Override
  public void onSuccess(String function, QueryExecution execution, long nanos) {
    look(execution.optimizedPlan(), "");
  }

  @Override
  public void onFailure(String function, QueryExecution execution, Exception failure) {
    // The build says so.
  }

  private static void look(LogicalPlan plan, String writing) {
    String step = writing;
    switch (plan) {
      case InsertIntoHadoopFsRelationCommand write -> {
        step = write.outputPath().getName();
        SEEN.add(step);
      }
      case Join join
          when ExtractEquiJoinKeys.unapply(join).isEmpty()
              && grows(join.left())
              && grows(join.right()) ->
          FOUND.add(new Whole(step, "join", tables(join.left()), tables(join.right())));
      case Window window when window.partitionSpec().isEmpty() && grows(window.child()) ->
          FOUND.add(new Whole(step, "window", tables(window), Set.of()));
      default -> {}
    }
    for (LogicalPlan child : CollectionConverters.asJava(plan.children())) {
      look(child, step);
    }
  }

  private static boolean grows(LogicalPlan side) {
    return switch (side) {
      case Project project -> grows(project.child());
      case Aggregate _ -> false;
      default -> !FEW.containsAll(tables(side));
    };
  }

  /** A step's table is a folder, a table that was handed over a file. */
  private static String table(Path file) {
    return file.getName().startsWith("part-")
        ? file.getParent().getName()
        : file.getName().replace(".parquet", "");
  }

  private static Set<String> tables(LogicalPlan plan) {
    Set<String> tables = new TreeSet<>();
    if (plan instanceof LogicalRelation leaf && leaf.relation() instanceof HadoopFsRelation files) {
      CollectionConverters.asJava(files.location().rootPaths())
          .forEach(path -> tables.add(table(path)));
    }
    CollectionConverters.asJava(plan.children()).forEach(child -> tables.addAll(tables(child)));
    return tables;
  }
}
