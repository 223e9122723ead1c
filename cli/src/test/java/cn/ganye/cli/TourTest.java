package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tour in the READMEs: every block of commands is run, and prints what the block after it says.
 * With {@code -Dtour=write}, as docs/tour.sh runs it, what is printed is written there instead.
 */
class TourTest {
  private static final Pattern BLOCKS =
      Pattern.compile("```sh\n(\\./ganye [^`]*?)```\n+```text\n([^`]*)```");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final String PLACE = "var/tour";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void prints_what_the_readme_says(String name) throws Exception {
    Path readme = Path.of("..").resolve(name);
    String text = Files.readString(readme);
    Matcher blocks = BLOCKS.matcher(text);
    StringBuilder written = new StringBuilder();
    List<String> said = new ArrayList<>();
    List<String> printed = new ArrayList<>();
    while (blocks.find()) {
      String output = run(blocks.group(1));
      said.add(withoutTimes(blocks.group(2)));
      printed.add(withoutTimes(output));
      String block = "```sh\n" + blocks.group(1) + "```\n\n```text\n" + output + "```";
      blocks.appendReplacement(written, Matcher.quoteReplacement(block));
    }
    blocks.appendTail(written);
    assertThat(printed).as("commands of the tour").hasSizeGreaterThanOrEqualTo(8);
    if ("write".equals(System.getProperty("tour"))) {
      Files.writeString(readme, written);
    } else {
      assertThat(printed).as("output; docs/tour.sh writes it anew").containsExactlyElementsOf(said);
    }
  }

  private String run(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.substring("./ganye".length()));
    while (word.find()) {
      String plain = word.group(1) != null ? word.group(1) : word.group(2);
      words.add(plain.replace(PLACE, folder.toString()));
    }
    CommandsTest.Ran ran = CommandsTest.run(words.toArray(String[]::new));
    assertThat(ran.status()).as(command + ran.err()).isZero();
    return ran.out().replace(folder.toString(), PLACE);
  }

  private static String withoutTimes(String output) {
    return output.replaceAll("[0-9.]+ s\\b", "… s").replaceAll("[0-9,]+ records/s", "… records/s");
  }
}
