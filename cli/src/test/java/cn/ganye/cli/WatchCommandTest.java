package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cn.ganye.cli.CommandsTest.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Detectors against R's {@code surveillance} 1.20.3, on its weekly counts of Salmonella agona in
 * the United Kingdom, 1990 to 1995 (Farrington et al., JRSS A 159 (1996)): the file has the upper
 * bounds that R 4.2.2 gives, {@code !} after those that were exceeded.
 */
class WatchCommandTest {
  @TempDir Path folder;

  private static Ran detect(String file, String arguments) {
    List<String> all = new ArrayList<>(List.of("watch", "detect", "--data", file));
    all.addAll(List.of(arguments.split(" ")));
    return CommandsTest.run(all.toArray(String[]::new));
  }

  private static List<String[]> rows(Ran ran) {
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran.out().lines().skip(1).map(line -> line.split(",", -1)).toList();
  }

  private static Path agona() throws Exception {
    return Path.of(WatchCommandTest.class.getResource("/watch/agona.csv").toURI());
  }

  @ParameterizedTest
  @CsvSource({
    "ears-c1, --method ears-c1",
    "ears-c2, --method ears-c2",
    "ears-c3, --method ears-c3",
    "farrington, --method farrington --baseline 4",
    "season, --method farrington --baseline 4 --periods 10",
    "nb, --method farrington --baseline 4 --periods 10 --bound nbPlugin --not-included 26 --alpha 0.01",
    "muan, --method farrington --baseline 4 --bound muan --weights-threshold 1",
    "half, --method farrington --baseline 4 --power 1/2 --no-reweight --no-trend",
    "none, --method farrington --baseline 4 --power none --no-reweight",
    "cusum, --method cusum --baseline 20",
    "rossi, --method cusum --baseline 20 --transform rossi",
    "anscombe, --method cusum --baseline 20 --transform anscombe"
  })
  void gives_the_bounds_and_alarms_that_r_gives(String column, String method) throws Exception {
    List<String> lines = Files.readAllLines(agona());
    int at = List.of(lines.getFirst().split(",")).indexOf(column);
    List<String[]> rows = rows(detect(agona().toString(), "--date week --value cases " + method));
    int told = 0;
    for (int t = 0; t < rows.size(); t++) {
      String r = lines.get(t + 1).split(",", -1)[at];
      String[] ours = rows.get(t);
      if (r.isEmpty()) {
        assertThat(ours).as("week %s", ours[0]).endsWith("", "", "");
        continue;
      }
      told++;
      assertThat(ours[4]).as("week %s", ours[0]).isEqualTo(String.valueOf(r.endsWith("!")));
      String bound = r.replace("!", "");
      if (bound.equals("NA")) {
        assertThat(ours[3]).as("week %s", ours[0]).isEmpty();
      } else {
        double expected = Double.parseDouble(bound);
        assertThat(Double.parseDouble(ours[3]))
            .as("week %s", ours[0])
            .isCloseTo(expected, within(1e-9 * Math.max(1, expected)));
      }
    }
    assertThat(told).isGreaterThan(90);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--method level --threshold 3",
        "--method sahm",
        "--method ears-c1",
        "--method ears-c2",
        "--method ears-c3",
        "--method cusum",
        "--method farrington --baseline 3 --periods 4"
      })
  void an_alarm_does_not_change_when_later_data_come(String method) throws Exception {
    List<String> lines = Files.readAllLines(agona());
    String asked = "--date week --value cases " + method;
    List<String[]> whole = rows(detect(agona().toString(), asked));
    for (int cut : new int[] {180, 240, 300}) {
      Path part = folder.resolve("part.csv");
      Files.write(part, lines.subList(0, cut + 1));
      List<String[]> until = rows(detect(part.toString(), asked));
      assertThat(until).hasSize(cut);
      for (int t = 0; t < cut; t++) {
        assertThat(until.get(t)).isEqualTo(whole.get(t));
      }
    }
  }

  /** Worked by hand from the definition; rates of the United States, BLS, 2019 and 2020. */
  @Test
  void sahm_compares_with_the_lowest_of_the_twelve_months_before() throws Exception {
    double[] rates = {
      4.0, 3.8, 3.8, 3.7, 3.6, 3.6, 3.7, 3.6, 3.5, 3.6, 3.6, 3.6, 3.6, 3.5, 4.4, 14.8, 13.2, 11.0
    };
    StringBuilder text = new StringBuilder("month,rate\n");
    for (int m = 0; m < rates.length; m++) {
      text.append(String.format("%d-%02d,%s%n", 2019 + m / 12, m % 12 + 1, rates[m]));
    }
    Path file = folder.resolve("u.csv");
    Files.writeString(file, text);
    List<String[]> rows = rows(detect(file.toString(), "--date month --value rate --method sahm"));
    assertThat(rows.get(13)).containsExactly("2020-02", "3.5", "", "", "");
    assertThat(Double.parseDouble(rows.get(14)[2]))
        .isCloseTo((3.6 + 3.5 + 4.4) / 3 - (3.5 + 3.6 + 3.6) / 3, within(1e-12));
    assertThat(rows.get(14)[4]).isEqualTo("false");
    assertThat(Double.parseDouble(rows.get(15)[2]))
        .isCloseTo((3.5 + 4.4 + 14.8) / 3 - (3.5 + 3.6 + 3.6) / 3, within(1e-12));
    assertThat(rows.get(15)).endsWith("0.5", "true");
    List<String[]> growth =
        rows(detect(file.toString(), "--date month --value rate --method growth --threshold 10"));
    assertThat(growth.get(11)).endsWith("", "", "");
    assertThat(Double.parseDouble(growth.get(12)[2])).isCloseTo(-10, within(1e-9));
    assertThat(growth.get(15)).endsWith("10.0", "true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
    2020-01,1;2020-03,2 | --method level --threshold 1 | data.csv:3: column 'd': between '2020-01' and '2020-03' a period is left out
    2020-01,1;2020-01,2 | --method level --threshold 1 | data.csv:3: column 'd': '2020-01' stands there twice
    2020-02,1;2020-01,2 | --method level --threshold 1 | data.csv:3: column 'd': '2020-01' comes after a later date
    2020-01,1;soon,2 | --method level --threshold 1 | data.csv:3: column 'd': 'soon' is no date
    2020-01,1;2020-02,much | --method level --threshold 1 | data.csv:3: column 'y': 'much' is no number
    2020-01,1;2020-02,2 | --method level | needs --threshold
    2020-01,1;2020-02,2 | --method farrington | series-short
    2020-01,1;2020-02,2 | --method cusum | baseline-long
    2020-01,0;2020-02,2 | --method growth --baseline 1 --threshold 1 | csv:2: growth from 0.0
    2020-01,1;2020-02,2 | --method ears-c1 --baseline 2 | baseline-short
    2020-01,1;2020-02,2 | --method ears-c1 --alpha 2 | --alpha is a probability
    2020-01,1;2020-02,2 | --method magic | --method is level
    """)
  void bad_input_is_told_and_nothing_is_printed(String lines, String method, String told)
      throws Exception {
    Path file = folder.resolve("data.csv");
    Files.writeString(file, "d,y\n" + lines.replace(';', '\n') + "\n");
    Ran ran = detect(file.toString(), "--date d --value y " + method);
    assertThat(ran.status()).as(ran.out()).isEqualTo(2);
    assertThat(ran.err()).contains(told).doesNotContain("\tat ");
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-01-05 2020-01-12 2020-01-19",
        "2020-W52 2020-W53 2021-W01",
        "202011 202012 202101",
        "2020Q3 2020Q4 2021Q1",
        "2020-01-31 2020-02-29 2020-03-31",
        "7 8 9",
        "20200131 20200201 20200202"
      })
  void dates_are_read_as_offices_write_them(String dates) throws Exception {
    String[] each = dates.split(" ");
    Path file = folder.resolve("data.csv");
    Files.writeString(file, "d,y\n" + each[0] + ",1\n" + each[1] + ",\n" + each[2] + ",3\n");
    List<String[]> rows =
        rows(detect(file.toString(), "--date d --value y --method level --threshold 2"));
    assertThat(rows.get(0)).containsExactly(each[0], "1.0", "1.0", "2.0", "false");
    assertThat(rows.get(1)).containsExactly(each[1], "", "", "", "");
    assertThat(rows.get(2)).containsExactly(each[2], "3.0", "3.0", "2.0", "true");
  }

  @Test
  void a_constant_series_raises_no_alarm_and_anything_above_it_does() throws Exception {
    Path file = folder.resolve("data.csv");
    StringBuilder text = new StringBuilder("d,y\n");
    for (int t = 1; t <= 11; t++) {
      text.append(t).append(",5\n");
    }
    Files.writeString(file, text.append("12,6\n"));
    List<String[]> rows = rows(detect(file.toString(), "--date d --value y --method ears-c1"));
    assertThat(rows.get(10)).containsExactly("11", "5.0", "", "5.0", "false");
    assertThat(rows.get(11)).containsExactly("12", "6.0", "", "5.0", "true");
  }

  @Test
  void the_help_shows_what_it_prints() throws Exception {
    Path file = folder.resolve("u.csv");
    StringBuilder text = new StringBuilder("month,rate\n");
    for (int m = 0; m < 15; m++) {
      text.append(
          String.format(
              "%d-%02d,%s%n", 2019 + m / 12, m % 12 + 1, m < 13 ? "4.0" : m == 13 ? "4.4" : "5.2"));
    }
    Files.writeString(file, text);
    List<String> printed =
        detect(file.toString(), "--date month --value rate --method sahm").out().lines().toList();
    assertThat(CommandsTest.run("watch", "detect", "--help").out())
        .contains(printed.subList(14, 16));
  }
}
