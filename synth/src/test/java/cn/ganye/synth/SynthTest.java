package cn.ganye.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthTest {
  @TempDir Path folder;

  private String tree(String name, int threads) throws Exception {
    Path out = folder.resolve(name);
    YearMonth first = YearMonth.of(2023, 1);
    for (SynthOptions options :
        List.of(
            new SynthOptions(3000, 14, 7, out.resolve("csv"), first, List.of(Format.CSV), threads),
            new SynthOptions(
                300, 1, 7, out.resolve("all"), first, List.of(Format.values()), threads))) {
      Synth.make(options, (done, of, records) -> {});
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (var files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(out.relativize(file).toString().getBytes());
        digest.update(Files.readAllBytes(file));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void the_same_arguments_make_the_same_bytes_on_any_threads_and_locale() throws Exception {
    assertThat(Synth.made(folder)).isFalse();
    String one = tree("one", 1);
    assertThat(Synth.made(folder.resolve("one/csv"))).isTrue();
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(tree("two", 2)).isEqualTo(one);
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void residents_by_city_follow_the_census_by_largest_remainder() {
    var cities = City.of(450_000, new Settings());
    int frame = cities.stream().mapToInt(c -> c.residents() + c.away()).sum();
    assertThat(frame).isEqualTo(450_000);
    int residents = cities.stream().mapToInt(City::residents).sum();
    assertThat(cities.get(6).residents())
        .isBetween(
            (int) (residents * 8970014L / 45188635), (int) (residents * 8970014L / 45188635) + 1);
  }

  @Property
  void parts_sum_to_the_whole_and_miss_their_share_by_less_than_one(
      @ForAll @LongRange(min = 0, max = 60_000_000) long total,
      @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 1, max = 10_000_000) Long> list) {
    long[] weights = list.stream().mapToLong(Long::longValue).toArray();
    long[] parts = Shares.largestRemainder(total, weights);
    assertThat(Arrays.stream(parts).sum()).isEqualTo(total);
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < parts.length; i++) {
      assertThat(Math.abs(parts[i] - total * (weights[i] / sum))).isLessThan(1.0001);
    }
  }

  @Test
  void the_answer_key_gives_each_person_one_state_a_month()
      throws IOException, InterruptedException {
    Synth.make(
        new SynthOptions(3000, 14, 7, folder, YearMonth.of(2023, 1), List.of(Format.CSV), 2),
        (done, of, records) -> {});
    String late = "contribution_" + Shocks.LATE_CITY + "_";
    assertThat(folder.resolve(late + "202401_20240212.csv")).exists();
    assertThat(folder.resolve(late + "202402_20240312.csv")).doesNotExist();
    Map<String, Integer> last = new HashMap<>();
    for (String line :
        Files.readAllLines(folder.resolve("_answer/status.csv")).stream().skip(1).toList()) {
      String[] cells = line.split(",");
      int from = Integer.parseInt(cells[1]);
      assertThat(from).isGreaterThan(last.getOrDefault(cells[0], 0));
      assertThat(Integer.parseInt(cells[2])).isGreaterThanOrEqualTo(from);
      assertThat(cells[0]).startsWith("3699");
      last.put(cells[0], Integer.parseInt(cells[2]));
    }
  }
}
