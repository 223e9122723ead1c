package cn.ganye.pool;

import cn.ganye.engine.Engine;
import cn.ganye.engine.EngineException;
import cn.ganye.engine.EngineSettings;
import cn.ganye.engine.Step;
import cn.ganye.engine.Steps;
import cn.ganye.pool.derivation.Derivation;
import cn.ganye.pool.derivation.FactTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Worker and job flows of anyone's wage records, through the steps that make the marts {@code flow}
 * and {@code flow_quarter} (LEHD, Quarterly Workforce Indicators).
 */
public final class Flows {
  private static final Set<String> STEPS =
      Set.of("job_tenure", "establishment_flow", "period_reach");

  private Flows() {}

  /**
   * One row: measures in the order M, B, E, F, A, H, R, S, JF; an empty text where one cannot be
   * said.
   */
  public record Row(String quarter, String employer, List<String> measures) {}

  /**
   * Reads a file with the columns person, employer, quarter (2023Q2) and wage.
   *
   * @return per quarter the employers in order, then {@code all}
   * @throws PoolProblem if a column is missing or a cell is no quarter or number
   */
  public static List<Row> of(Path file) throws Exception {
    if (!Files.isRegularFile(file)) {
      throw PoolProblem.use(
          "file-missing", file.toString(), "there is no such file", "give a CSV file with --data");
    }
    Path spill = Files.createTempDirectory("ganye-flows");
    try (Engine engine =
        Engine.open(
            new EngineSettings(
                Memory.machine() / 4, Runtime.getRuntime().availableProcessors(), spill))) {
      load(engine, file);
      FactTables.lookback(engine);
      List<Step> steps =
          new ArrayList<>(
              Derivation.steps(null).ordered().stream()
                  .filter(s -> STEPS.contains(s.name()))
                  .toList());
      steps.addAll(Steps.resources(Flows.class, "flows"));
      engine.run(new Steps(steps), cn.ganye.engine.StepListener.SILENT);
      return rows(engine);
    } finally {
      Files.deleteIfExists(spill);
    }
  }

  private static void load(Engine engine, Path file) {
    String csv =
        "read_csv("
            + Engine.literal(file.toString())
            + ", header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')";
    try {
      engine.execute("reading " + file.getFileName(), "CREATE TABLE filed AS SELECT * FROM " + csv);
    } catch (EngineException e) {
      throw PoolProblem.use(
          "file-unreadable",
          file.toString(),
          String.valueOf(e.getMessage()),
          "save it as comma-separated UTF-8 with a header line");
    }
    List<String> columns = engine.columns("filed");
    for (String needed : List.of("person", "employer", "quarter", "wage")) {
      if (!columns.contains(needed)) {
        throw PoolProblem.use(
            "missing-column",
            file.toString(),
            "the header lacks the column " + needed,
            "the columns are person,employer,quarter,wage");
      }
    }
    List<String> bad =
        engine.read(
            "SELECT rownumber || ': ' || coalesce(quarter, '') || ', ' || coalesce(wage, '') FROM ("
                + "SELECT *, row_number() OVER () AS rownumber FROM filed) WHERE quarter IS NULL"
                + " OR NOT regexp_full_match(trim(quarter), '[0-9]{4}Q[1-4]') OR (wage IS NOT NULL AND TRY_CAST(wage AS DECIMAL(38, 6)) IS NULL)"
                + " ORDER BY rownumber LIMIT 5",
            row -> row.getString(1));
    if (!bad.isEmpty()) {
      throw PoolProblem.work(
          "bad-cell",
          file.toString(),
          "quarter or wage is not understood in data row " + String.join("; row ", bad),
          "write quarters as 2023Q2 and wages as plain numbers");
    }
    engine.execute(
        "wage",
        "CREATE TABLE wage AS SELECT person, employer, CAST(substr(trim(quarter), 1, 4) AS BIGINT) * 4 + CAST(substr(trim(quarter), 6, 1) AS BIGINT) - 1 AS period_ix,"
            + " TRY_CAST(wage AS DECIMAL(38, 6)) AS wage FROM filed WHERE employer IS NOT NULL AND person IS NOT NULL");
    engine.execute(
        "employer_name",
        "CREATE TABLE employer_name AS SELECT employer, CAST(row_number() OVER (ORDER BY employer) AS BIGINT) AS enterprise FROM (SELECT DISTINCT employer FROM wage)");
    engine.execute(
        "person_name",
        "CREATE TABLE person_name AS SELECT person, CAST(row_number() OVER (ORDER BY person) AS BIGINT) AS person_no FROM (SELECT DISTINCT person FROM wage)");
    // A quarter is written as its three months, by which the steps know jobs.
    engine.execute(
        "job_spell",
        "CREATE TABLE job_spell AS SELECT DISTINCT p.person_no AS person, n.enterprise AS establishment, w.period_ix * 3 AS from_ix, w.period_ix * 3 + 2 AS to_ix"
            + " FROM wage w JOIN employer_name n ON n.employer = w.employer JOIN person_name p ON p.person = w.person WHERE w.wage > 0");
    engine.execute(
        "period",
        "CREATE TABLE period AS SELECT 'quarter' AS frequency, ix AS period_ix, CAST(ix // 4 AS VARCHAR) || 'Q' || CAST(ix % 4 + 1 AS VARCHAR) AS period"
            + " FROM (SELECT UNNEST(range((SELECT MIN(period_ix) FROM wage), (SELECT MAX(period_ix) + 1 FROM wage))) AS ix)");
  }

  private static List<Row> rows(Engine engine) {
    String measures = "m, b, e, f, a, h, r, s, jf";
    StringBuilder sums = new StringBuilder();
    for (String measure : measures.split(", ")) {
      sums.append(", CAST(SUM(").append(measure).append(") AS BIGINT)");
    }
    return engine.read(
        "SELECT quarter, employer, 0 AS last, "
            + measures
            + " FROM employer_flow UNION ALL SELECT quarter, 'all', 1 AS last"
            + sums
            + " FROM employer_flow GROUP BY quarter ORDER BY quarter, last, employer",
        row -> {
          List<String> values = new ArrayList<>();
          for (int i = 4; i <= 12; i++) {
            String value = row.getString(i);
            values.add(value == null ? "" : value);
          }
          return new Row(row.getString(1), row.getString(2), values);
        });
  }
}
