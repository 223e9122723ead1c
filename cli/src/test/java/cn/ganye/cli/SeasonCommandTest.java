package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cn.ganye.cli.CommandsTest.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The air passengers of Box and Jenkins (Time Series Analysis, 1976, series G). */
class SeasonCommandTest {
  @TempDir Path folder;

  private static Ran adjust(String file, String more) {
    List<String> all =
        new ArrayList<>(
            List.of("season", "adjust", "--data", file, "--date", "month", "--value", "value"));
    Arrays.stream(more.split(" ")).filter(word -> !word.isEmpty()).forEach(all::add);
    return CommandsTest.run(all.toArray(String[]::new));
  }

  private static String air() throws Exception {
    return Path.of(SeasonCommandTest.class.getResource("/season/air.csv").toURI()).toString();
  }

  /**
   * X-13ARIMA-SEATS of the U.S. Census Bureau, by {@code summary(seas(AirPassengers))} in Sax and
   * Eddelbuettel, Journal of Statistical Software 87(11) (2018), section 2: the automatic model
   * with working days and Easter is (0,1,1)(0,1,1) with an outlier in May 1951, and coefficients
   * 0.1156 and 0.4974. Two programs that maximise one likelihood agree to 10⁻⁴ or so.
   */
  @Test
  void the_automatic_model_is_the_one_that_the_census_bureau_finds() throws Exception {
    Ran ran = adjust(air(), "--spec rsa4 --festival never --diagnostics");
    assertThat(ran.status()).as(ran.err()).isZero();
    Matcher told =
        Pattern.compile("model: \\(0,1,1\\)\\(0,1,1\\) coefficients \\[(.*), (.*)\\]")
            .matcher(ran.err());
    assertThat(told.find()).as(ran.err()).isTrue();
    assertThat(Double.parseDouble(told.group(1))).isCloseTo(-0.1156, within(2e-4));
    assertThat(Double.parseDouble(told.group(2))).isCloseTo(-0.4974, within(2e-4));
    assertThat(ran.err()).contains("outliers: AO (1951-05-01)");
  }

  /** Box and Jenkins 1976, p. 319, and R's {@code arima}: 0.4018 and 0.5569, of the logarithms. */
  @ParameterizedTest
  @ValueSource(strings = {"--spec rsa1", "--spec rsa3", "--method tramoseats"})
  void the_airline_model_has_its_published_coefficients(String how) throws Exception {
    Ran ran = adjust(air(), how + " --diagnostics");
    assertThat(ran.status()).as(ran.err()).isZero();
    Matcher told =
        Pattern.compile("model: \\(0,1,1\\)\\(0,1,1\\) coefficients \\[(.*), (.*)\\]")
            .matcher(ran.err());
    assertThat(told.find()).as(ran.err()).isTrue();
    assertThat(Double.parseDouble(told.group(1))).isCloseTo(-0.4018, within(5e-5));
    assertThat(Double.parseDouble(told.group(2))).isCloseTo(-0.5569, within(5e-5));
    assertThat(ran.err()).contains("parts: multiplied").contains("not significant: left out");
  }

  @ParameterizedTest
  @CsvSource({
    "--spec x11, true",
    "--spec rsa0, false",
    "--spec rsa1, true",
    "--spec rsa5, true",
    "--spec rsa1 --festival always, true",
    "--method tramoseats --festival always, true",
    "--method tramoseats --spec rsa4, true",
    "--method tramoseats --spec rsa0, false"
  })
  void parts_make_the_whole(String how, boolean multiplied) throws Exception {
    Ran ran = adjust(air(), how);
    assertThat(ran.status()).as(ran.err()).isZero();
    List<String> lines = ran.out().lines().toList();
    assertThat(lines).hasSize(145).startsWith("date,original,sa,trend,seasonal,irregular");
    for (String line : lines.subList(1, lines.size())) {
      double[] part =
          Arrays.stream(line.split(",")).skip(1).mapToDouble(Double::parseDouble).toArray();
      double whole = multiplied ? part[1] * part[3] : part[1] + part[3];
      double adjusted = multiplied ? part[2] * part[4] : part[2] + part[4];
      assertThat(whole).isCloseTo(part[0], within(1e-8 * part[0]));
      assertThat(adjusted).isCloseTo(part[1], within(1e-8 * part[1]));
    }
  }

  /** Months lose a tenth of what the festival takes of them; a season and a trend besides. */
  @Test
  void the_spring_festival_is_found_and_taken_out() throws Exception {
    StringBuilder with = new StringBuilder("month,value\n");
    int[] firstDays = {131, 119, 207, 127, 215, 204, 125, 212, 201, 122, 210, 129};
    for (int i = 0; i < 144; i++) {
      int first = firstDays[i / 12];
      int within = 0;
      for (int day = -7; day < 7; day++) {
        java.time.LocalDate on =
            java.time.LocalDate.of(2014 + i / 12, first / 100, first % 100).plusDays(day);
        within += on.getMonthValue() == i % 12 + 1 ? 1 : 0;
      }
      double level =
          (1000 + 2 * i)
              * (1 + 0.1 * Math.cos(i * Math.PI / 6))
              * Math.exp(0.002 * Math.sin(i * 7.7));
      with.append(
          String.format(
              "%d-%02d,%.6f%n", 2014 + i / 12, i % 12 + 1, level * Math.exp(-0.1 * within / 14)));
    }
    Path file = folder.resolve("festival.csv");
    Files.writeString(file, with);
    Ran found = adjust(file.toString(), "--spec rsa1 --diagnostics");
    Matcher effect = Pattern.compile("Spring Festival: t = (.*), effect (.*)").matcher(found.err());
    assertThat(effect.find()).as(found.err()).isTrue();
    assertThat(Double.parseDouble(effect.group(2))).isCloseTo(-0.1, within(0.01));
    assertThat(roughness(found))
        .isLessThan(roughness(adjust(file.toString(), "--spec rsa1 --festival never")) / 2);
  }

  private static double roughness(Ran ran) {
    double[] adjusted =
        ran.out()
            .lines()
            .skip(1)
            .mapToDouble(line -> Double.parseDouble(line.split(",")[2]))
            .toArray();
    double sum = 0;
    for (int t = 1; t < adjusted.length; t++) {
      sum += Math.abs(Math.log(adjusted[t] / adjusted[t - 1]));
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
    11 | plain | | series-short
    40 | constant | | series-constant
    40 | zero | --spec x11 | s.csv:12: 0.0: X-11 alone multiplies
    40 | missing | --spec x11 | value-missing
    40 | end | | end-missing
    40 | gap | | a period is left out
    40 | plain | --method tramoseats --spec x11 | x11-by-seats
    40 | plain | --method census | --method does not know census
    40 | plain | --revisions 40 | revisions-many
    """)
  void bad_input_is_told_and_nothing_is_printed(int points, String kind, String more, String told)
      throws Exception {
    StringBuilder text = new StringBuilder("month,value\n");
    for (int i = 0; i < points; i++) {
      if (kind.equals("gap") && i == 20) {
        continue;
      }
      String value = String.valueOf(100 + i + 10 * Math.sin(i * Math.PI / 6));
      if (kind.equals("constant")) {
        value = "5";
      } else if (i == 10 && kind.equals("zero")) {
        value = "0";
      } else if (i == 10 && kind.equals("missing") || i == points - 1 && kind.equals("end")) {
        value = "NA";
      }
      text.append(String.format("%d-%02d,%s%n", 2020 + i / 12, i % 12 + 1, value));
    }
    Path file = folder.resolve("s.csv");
    Files.writeString(file, text);
    Ran ran = adjust(file.toString(), more == null ? "" : more);
    assertThat(ran.status()).as(ran.out()).isEqualTo(2);
    assertThat(ran.err()).contains(told).doesNotContain("\tat ");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void a_revision_is_the_difference_of_what_was_known_then_and_now() throws Exception {
    List<String> lines = adjust(air(), "--spec rsa1 --revisions 3").out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(3)).startsWith("1960-12,").endsWith(",0.0");
    Path cut = folder.resolve("cut.csv");
    Files.write(cut, Files.readAllLines(Path.of(air())).subList(0, 143));
    String then = adjust(cut.toString(), "--spec rsa1").out().lines().toList().getLast();
    assertThat(lines.get(1).split(",")[1]).isEqualTo(then.split(",")[2]);
  }

  @Test
  void the_help_shows_what_it_prints() throws Exception {
    String first = adjust(air(), "--spec rsa1").out().lines().toList().get(1);
    assertThat(CommandsTest.run("season", "adjust", "--help").out()).contains(first);
  }
}
