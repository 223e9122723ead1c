package cn.ganye.cli;

import cn.ganye.pool.Dictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ganye pool dictionary}: the data dictionary as Markdown pages. */
@Command(
    name = "dictionary",
    mixinStandardHelpOptions = true,
    description = "Write the data dictionary from contracts, code lists and step heads.")
final class DictionaryCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "docs",
      description = "Folder of the pages (default ${DEFAULT-VALUE}).")
  Path out = Path.of("docs");

  @picocli.CommandLine.Mixin Documents documents = new Documents();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    for (Map.Entry<String, String> page : Dictionary.of(documents.folder).pages().entrySet()) {
      Path file = out.resolve(page.getKey());
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, page.getValue());
      spec.commandLine().getOut().println(file);
    }
    return 0;
  }
}
