package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import cn.ganye.reference.CreditCode;
import cn.ganye.reference.CsvText;
import cn.ganye.reference.IdentifierFault;
import cn.ganye.reference.ResidentId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ganye id}: identifiers. */
@Command(
    name = "id",
    mixinStandardHelpOptions = true,
    description = "Identifiers: resident IDs and credit codes.",
    subcommands = IdCommand.Check.class)
final class IdCommand {
  /** Checks identifiers of a file. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Check resident IDs (GB 11643) and credit codes (GB 32100) of a CSV file with the columns value,type.",
      footer = {
        "",
        "type is id or uscc. Prints value,type,valid,reason; reason is empty or one of:",
        "empty length character province date department organisation checksum type"
      })
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.csv", description = "The file, in UTF-8.")
    Path file = Path.of("");

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      if (!Files.isRegularFile(file)) {
        throw PoolProblem.use(
            "file-missing",
            file.toString(),
            "there is no such file",
            "give a CSV file with the columns value,type");
      }
      LocalDate today = LocalDate.now(PoolCommand.CLOCK);
      PrintWriter out = spec.commandLine().getOut();
      try (BufferedReader reader =
          new BufferedReader(
              new java.io.InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
        CsvText csv = new CsvText(reader);
        List<String> header = csv.row();
        List<String> names =
            header == null
                ? List.of()
                : header.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        int value = names.indexOf("value");
        int type = names.indexOf("type");
        if (value < 0 || type < 0) {
          throw PoolProblem.use(
              "missing-column",
              file.toString(),
              "the header lacks value or type",
              "the first line must name the columns value and type");
        }
        out.print("value,type,valid,reason\n");
        for (List<String> row = csv.row(); row != null; row = csv.row()) {
          String said = value < row.size() ? row.get(value) : "";
          String kind = type < row.size() ? row.get(type) : "";
          IdentifierFault fault = fault(said, kind.strip(), today);
          out.print(
              CsvText.cell(said)
                  + ","
                  + CsvText.cell(kind)
                  + ","
                  + (fault == null)
                  + ","
                  + (fault == null ? "" : fault.word())
                  + "\n");
        }
      }
      out.flush();
      return 0;
    }

    private static @Nullable IdentifierFault fault(String value, String type, LocalDate today) {
      return switch (type) {
        case "id" -> {
          long packed = ResidentId.pack(value, today);
          yield packed >= 0 ? null : ResidentId.fault(packed);
        }
        case "uscc" -> CreditCode.fault(CreditCode.plain(value));
        default -> IdentifierFault.TYPE;
      };
    }
  }
}
