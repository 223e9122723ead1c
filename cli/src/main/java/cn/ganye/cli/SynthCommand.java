package cn.ganye.cli;

import cn.ganye.synth.Format;
import cn.ganye.synth.Synth;
import cn.ganye.synth.SynthOptions;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ganye synth}: a synthetic province. */
@Command(
    name = "synth",
    mixinStandardHelpOptions = true,
    description = {
      "Make a synthetic province: files as offices write them, with dirt, and the answer key in DIR/_answer.",
      "Same arguments, same bytes. Resident IDs and credit codes have region digits 3699xx, which nobody has."
    })
final class SynthCommand implements Callable<Integer> {
  @Option(
      names = "--people",
      converter = AtLeastOne.class,
      required = true,
      paramLabel = "N",
      description = "Size of the frame: residents, and registered people away.")
  int people;

  @Option(
      names = "--months",
      converter = AtLeastOne.class,
      required = true,
      paramLabel = "M",
      description = "Months, from January 2023.")
  int months;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Seed (default ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the files; must be empty or new.")
  Path out = Path.of(".");

  @Option(
      names = "--threads",
      converter = AtLeastOne.class,
      paramLabel = "N",
      description = "Cities made at once (default: all cores); no effect on the bytes.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--formats",
      split = ",",
      defaultValue = "csv",
      paramLabel = "LIST",
      description = "Forms that files take in turn: csv, csv.gz, zip, xlsx, jsonl (default csv).")
  List<String> formats = List.of("csv");

  @Option(names = "--json", description = "Print the result as JSON, and no progress.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (months > 600) {
      throw new ParameterException(spec.commandLine(), "--months: 600 at most");
    }
    List<Format> forms = new ArrayList<>();
    for (String word : formats) {
      forms.add(
          Format.of(word)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "--formats: of " + Format.words() + ", not " + word)));
    }
    if (Files.isDirectory(out)) {
      try (Stream<Path> inside = Files.list(out)) {
        if (inside.findAny().isPresent()) {
          throw new ParameterException(
              spec.commandLine(), out + " is not empty; give a new folder with --out");
        }
      }
    }
    long start = System.nanoTime();
    SynthOptions usual = SynthOptions.of(people, months, seed, out);
    Synth.Result result =
        Synth.make(
            new SynthOptions(people, months, seed, out, usual.first(), forms, threads),
            json ? (done, of, records) -> {} : new Progress()::city);
    double seconds = (System.nanoTime() - start) / 1e9;
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("people", people);
      said.put("months", months);
      said.put("files", result.files());
      said.put("records", result.records());
      said.put("seconds", seconds);
      to.println(JsonMapper.shared().writeValueAsString(said));
      return 0;
    }
    to.printf(
        "Synthetic province of %,d people, %d months: %,d files, %,d records in %.1f s (%,.0f records/s). Answer key: %s%n",
        people,
        months,
        result.files(),
        result.records(),
        seconds,
        result.records() / seconds,
        Synth.answer(out));
    return 0;
  }
}
