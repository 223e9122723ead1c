package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import cn.ganye.pool.contract.Extract;
import cn.ganye.pool.source.JdbcExtract;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye pool extract}: rows out of an office's database into the inbox. */
@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description = "Read a table or a SELECT of an office's database into files of the inbox.",
    footer = {
      "",
      "DOCUMENT says what to read:",
      "  id: contribution-core",
      "  dataset: contribution",
      "  region: \"360000\"",
      "  table: sb.ac43             # or  select: SELECT … FROM …",
      "  key: baz001                # tells rows apart and grows",
      "  rows: 100000               # rows a file",
      "  columns: {社会保障号码: aac002, 单位编号: aab001, 结算期: aae003, …}",
      "",
      "Each run goes on after the last key of the run before; cut off, nothing is read twice.",
      "Then: ./ganye pool build --in DIR. The password may stand in GANYE_EXTRACT_PASSWORD."
    })
final class ExtractCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DOCUMENT", description = "What to read (YAML).")
  Path document = Path.of("");

  @Option(
      names = "--in",
      required = true,
      paramLabel = "DIR",
      description = "Folder of files that the pool is built from.")
  Path in = Path.of(".");

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "The database, as jdbc:postgresql://HOST/NAME.")
  String url = "";

  @Option(names = "--user", paramLabel = "NAME", description = "Account there.")
  @Nullable String user;

  @Option(
      names = "--driver",
      paramLabel = "JAR",
      description = "JDBC driver of the database, unless it is PostgreSQL.")
  @Nullable Path driver;

  @Mixin Documents documents = new Documents();

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Extract extract = Extract.read(document, documents.contracts());
    PrintWriter out = spec.commandLine().getOut();
    try (Connection connection = connected()) {
      JdbcExtract.Report report =
          JdbcExtract.run(
              extract,
              connection,
              in,
              LocalDate.now(PoolCommand.CLOCK),
              (file, rows) -> {
                if (!json) {
                  out.println(file + ": " + Progress.grouped(rows) + " rows");
                  out.flush();
                }
              });
      if (json) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("files", report.files());
        said.put("rows", report.rows());
        said.put("all_files", report.allFiles());
        said.put("all_rows", report.allRows());
        out.println(JsonMapper.shared().writeValueAsString(said));
      } else {
        out.println(
            Progress.grouped(report.rows())
                + " rows in "
                + report.files()
                + " files; "
                + Progress.grouped(report.allRows())
                + " since the first run.");
      }
    }
    out.flush();
    return 0;
  }

  private Connection connected() throws Exception {
    Properties account = new Properties();
    if (user != null) {
      account.setProperty("user", user);
    }
    String password = System.getenv("GANYE_EXTRACT_PASSWORD");
    if (password != null) {
      account.setProperty("password", password);
    }
    ClassLoader loader =
        driver == null
            ? ExtractCommand.class.getClassLoader()
            : new URLClassLoader(
                new URL[] {driver.toUri().toURL()}, ExtractCommand.class.getClassLoader());
    String shown = url.replaceAll("[?;].*", "");
    try {
      for (Driver one : ServiceLoader.load(Driver.class, loader)) {
        if (one.acceptsURL(url)) {
          Connection connection = one.connect(url, account);
          if (connection != null) {
            return connection;
          }
        }
      }
    } catch (SQLException e) {
      throw PoolProblem.work(
          "database-away",
          shown,
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "check the address, the account and GANYE_EXTRACT_PASSWORD");
    }
    throw PoolProblem.use(
        "driver-missing",
        shown,
        "no driver here knows this address",
        "give the database's JDBC driver with --driver JAR");
  }
}
