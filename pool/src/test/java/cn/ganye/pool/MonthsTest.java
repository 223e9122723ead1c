package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.derivation.Derivation;
import cn.ganye.pool.snapshot.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One more month changes the files of the months that it speaks of, and of no other. */
class MonthsTest {
  private static final List<String> BY_MONTH =
      List.of(
          "stock",
          "stock_industry",
          "group_stock",
          "od",
          "household_month",
          "flow",
          "enterprise_month");

  @TempDir Path folder;

  private Sample sample(String name) throws Exception {
    return new Sample(Files.createDirectories(folder.resolve(name))).people(6);
  }

  /** Which file of the disk each file of a mart is. */
  private static Map<String, Object> files(Sample sample, Manifest manifest) throws Exception {
    Map<String, Object> files = new TreeMap<>();
    for (Manifest.MartFile part : manifest.marts()) {
      Path file = sample.pool.resolve(part.file());
      files.put(part.file(), Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }
    return files;
  }

  /** Three years, month by month the same people; one comes and goes in between. */
  private static Sample years(Sample sample, int months) throws Exception {
    for (int i = 0; i < months; i++) {
      int month = (2023 + i / 12) * 100 + i % 12 + 1;
      sample.month(month, i % 7 == 3 ? new int[] {1, 2, 3} : new int[] {1, 2});
    }
    return sample;
  }

  /** Partitions by month whose file is another one, as {@code mart month}. */
  private static Set<String> written(Manifest before, Manifest after) {
    Set<String> old = new HashSet<>();
    before.marts().forEach(part -> old.add(part.file()));
    Set<String> written = new TreeSet<>();
    for (Manifest.MartFile part : after.marts()) {
      if (BY_MONTH.contains(part.mart()) && !old.contains(part.file())) {
        written.add(part.mart() + " " + part.partition().replaceAll("\\D", ""));
      }
    }
    return written;
  }

  /** Marts of persons grow with their spells; jobs of the last month learn whether they end. */
  @Test
  void one_more_month_writes_its_own_files() throws Exception {
    Sample sample = years(sample("grown"), 36);
    Manifest before = sample.build().manifest();
    Map<String, Object> files = files(sample, before);
    Manifest after = years(sample, 37).build().manifest();
    assertThat(written(before, after))
        .containsExactly(
            "enterprise_month 202512",
            "enterprise_month 202601",
            "flow 202512",
            "flow 202601",
            "od 202601",
            "stock 202601",
            "stock_industry 202601");
    Map<String, Object> left = files(sample, after);
    left.keySet().retainAll(files.keySet());
    assertThat(left).hasSizeGreaterThan(200);
    assertThat(files).as("files not written again").containsAllEntriesOf(left);
    Sample whole = years(sample("whole"), 37);
    whole.build();
    assertThat(sample.figures(BY_MONTH)).isEqualTo(whole.figures(BY_MONTH));
  }

  @Test
  void a_file_that_is_gone_is_written_again() throws Exception {
    Sample sample = years(sample("gone"), 3);
    Manifest before = sample.build().manifest();
    Manifest.MartFile first =
        before.marts().stream()
            .filter(part -> part.partition().equals("month=202301"))
            .findFirst()
            .orElseThrow();
    Path gone = sample.pool.resolve(first.file());
    Files.delete(gone);
    years(sample, 4).build();
    assertThat(gone).exists();
  }

  /** Of who moved in a month the next one knows, and the one after holds a zero. */
  @Test
  void a_payment_three_years_late_touches_its_months() throws Exception {
    Sample sample = years(sample("late"), 36);
    Manifest before = sample.build().manifest();
    sample.file(
        "contribution_360100_202601_20260210.csv",
        Sample.CONTRIBUTION,
        Sample.id(5) + ",张三,U1,202512,202302,企业职工基本养老保险,补缴,5000.00");
    Manifest after = sample.build().manifest();
    assertThat(written(before, after))
        .contains("stock 202302", "enterprise_month 202302", "flow 202302", "od 202302")
        .allMatch(part -> part.matches(".* 20230[1-4]|.* 202512|.* 202601"));
    new SnapshotDiff(sample.pool, before, after, Derivation.steps(null))
        .parts().stream()
            .filter(part -> BY_MONTH.contains(part.mart()))
            .forEach(part -> assertThat(part.cells()).as(part.toString()).isPositive());
    Sample whole = years(sample("whole"), 36);
    whole.file(
        "contribution_360100_202601_20260210.csv",
        Sample.CONTRIBUTION,
        Sample.id(5) + ",张三,U1,202512,202302,企业职工基本养老保险,补缴,5000.00");
    whole.build();
    assertThat(sample.figures(BY_MONTH)).isEqualTo(whole.figures(BY_MONTH));
  }
}
