package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.pool.snapshot.PoolFolder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolBuildTest {
  @TempDir Path folder;
  Sample sample;

  @BeforeEach
  void open() throws Exception {
    sample = new Sample(folder);
  }

  private String intake(String file) {
    return sample
        .query(
            "SELECT records, accepted, quarantined, duplicates, superseded FROM intake WHERE file = '"
                + file
                + "'")
        .getFirst();
  }

  @Test
  void counts_everybody_once_under_each_region_meaning() throws Exception {
    sample.people(4).month(202301, 1, 2).month(202302, 1).month(202303, 1, 3).build();
    assertThat(
            sample.query(
                "SELECT month, region_by, SUM(people) FROM stock GROUP BY 1, 2 HAVING SUM(people) <> 4"))
        .isEmpty();
    assertThat(
            sample.query(
                "SELECT status, basis, SUM(people) FROM stock WHERE month = 202303 AND region_by = 'work' AND people > 0 GROUP BY 1, 2 ORDER BY 2"))
        .containsExactly("EMPLOYED|formal|2", "UNKNOWN|unknown|2");
    assertThat(
            sample.query(
                "SELECT period, m, b, e, f, a, s, jc, jd FROM flow WHERE region = '360121' AND industry = 'C' ORDER BY 1"))
        .containsExactly(
            "202301|2|null|1|null|null|1|null|null",
            "202302|1|1|1|1|0|0|0|0",
            "202303|2|1|null|null|1|null|null|null");
    assertThat(
            sample.query(
                "SELECT from_month, to_month, status FROM person_status WHERE basis = 'formal' ORDER BY 1, 2"))
        .containsExactly(
            "202301|202301|EMPLOYED", "202301|202303|EMPLOYED", "202303|202303|EMPLOYED");
  }

  @Test
  void a_month_that_has_not_come_is_missing_and_no_layoff() throws Exception {
    sample.people(2).month(202301, 1, 2).month(202303, 1, 2).build();
    assertThat(sample.query("SELECT month, state FROM coverage ORDER BY 1"))
        .containsExactly("202301|complete", "202302|missing", "202303|complete");
    assertThat(
            sample.query(
                "SELECT status, basis, people FROM stock WHERE month = 202302 AND region_by = 'hukou' AND people > 0"))
        .containsExactly("UNKNOWN|not-covered|2");
    assertThat(sample.query("SELECT period, m, e, s FROM flow WHERE region = '360121' ORDER BY 1"))
        .containsExactly("202301|2|null|null", "202302|null|null|null", "202303|2|null|null");
  }

  @Test
  void the_same_files_make_the_same_snapshot_and_are_passed_by() throws Exception {
    sample.people(3).month(202301, 1, 2);
    String first = sample.build().manifest().snapshot();
    BuildReport again = sample.build();
    assertThat(again.changed()).isFalse();
    Sample other = new Sample(folder.resolve("other")).people(3).month(202301, 1, 2);
    assertThat(other.build().manifest().snapshot())
        .isEqualTo(first)
        .isEqualTo(again.manifest().snapshot());
  }

  @Test
  void a_record_sent_again_with_full_width_digits_says_the_same() throws Exception {
    String header = "公民身份号码,姓名,户籍区划,户号,手机号码";
    Sample sample = new Sample(folder);
    sample.people(1).month(202301, 1);
    sample.file(
        "resident_360100__20240105.csv", header, Sample.id(2) + ",李四（小）,360121,0012,13900000001");
    sample.file(
        "resident_360100__20240205.csv", header, Sample.id(2) + ",李四（小）,３６０１２１,００１２,１３９０００００００１");
    sample.build();
    assertThat(
            sample.query(
                "SELECT duplicates, superseded FROM intake WHERE file = 'resident_360100__20240205.csv'"))
        .containsExactly("1|0");
  }

  @Test
  void a_file_sent_again_under_another_name_is_all_duplicates() throws Exception {
    sample.people(2).month(202301, 1, 2).build();
    Files.copy(
        sample.in.resolve("contribution_360100_202301.csv"),
        sample.in.resolve("again_contribution.csv"));
    sample.build();
    assertThat(intake("again_contribution.csv")).isEqualTo("2|0|0|2|0");
  }

  @Test
  void a_later_file_corrects_and_one_file_may_not_contradict_itself() throws Exception {
    sample.people(3);
    sample.file(
        "contribution_360100_202301_20230210.csv",
        Sample.CONTRIBUTION,
        Sample.contribution(1, "U1", 202301),
        Sample.contribution(2, "U1", 202301));
    sample.file(
        "contribution_360100_202301_20230310.csv",
        Sample.CONTRIBUTION,
        Sample.contribution(1, "U1", 202301).replace("5000", "6000"),
        Sample.contribution(2, "U1", 202301),
        Sample.contribution(3, "U1", 202301),
        Sample.contribution(3, "U1", 202301).replace("5000", "7000"));
    sample.build();
    assertThat(intake("contribution_360100_202301_20230210.csv")).isEqualTo("2|1|0|0|1");
    assertThat(intake("contribution_360100_202301_20230310.csv")).isEqualTo("4|1|2|1|0");
    assertThat(sample.query("SELECT reason, records FROM refusal"))
        .containsExactly("contradiction|2");
  }

  @Test
  void a_contribution_taken_back_is_no_job() throws Exception {
    String refund =
        Sample.contribution(1, "U1", 202302)
            .replace("202302,202302", "202302,202301")
            .replace("正常,5000.00", "退收,-5000.00");
    sample
        .people(1)
        .month(202301, 1)
        .file("contribution_360100_202302.csv", Sample.CONTRIBUTION, refund)
        .build();
    assertThat(sample.query("SELECT * FROM person_status WHERE basis = 'formal'")).isEmpty();
  }

  @Test
  void reads_gb18030_tabs_full_width_old_ids_aliases_and_quotes() throws Exception {
    sample.people(6);
    String wide =
        Sample.id(2)
            .chars()
            .collect(
                StringBuilder::new, (s, c) -> s.append((char) (c + 0xFEE0)), StringBuilder::append)
            .toString();
    String old = Sample.id(3).substring(0, 6) + Sample.id(3).substring(8, 17);
    String header = "缴费类型\t险种\t对应费款所属期\t结算期\t单位编号\t身份证号码\t缴费基数（元）";
    String text =
        String.join(
            "\r\n",
            "某县缴费明细\t\t\t\t\t\t",
            header,
            "正常\t养老\t2023-01\t202301\tU1\t" + wide + "\t5,000",
            "正常缴费\t\"企业职工基本养老保险\"\t2023年1月\t2023/1/15\tU1\t" + old + "\t\"5\n000\"",
            "合计\t\t\t\t\t\t10000",
            "");
    sample.file("contribution_360100_202301.csv", Charset.forName("GB18030"), text).build();
    assertThat(intake("contribution_360100_202301.csv")).isEqualTo("4|1|3|0|0");
    assertThat(sample.query("SELECT reason, records FROM refusal ORDER BY 1"))
        .containsExactly("bad-number|1", "not-a-record|2");
  }

  @Test
  void refuses_records_with_every_kind_of_fault_and_keeps_count() throws Exception {
    sample.people(2);
    sample.file(
        "contribution_360100_202301.csv",
        "\uFEFF" + Sample.CONTRIBUTION,
        Sample.contribution(1, "U1", 202301),
        Sample.contribution(2, "U1", 202301).replace(Sample.id(2), "3.69900E+17"),
        Sample.contribution(2, "", 202301),
        Sample.contribution(2, "U1", 202301).replace("养老", "养鱼"),
        Sample.contribution(2, "U1", 202301).replace("202301,202301", "202301,202302"),
        Sample.contribution(2, "U1", 202301).replace("202301,202301", "202313,202301"),
        Sample.contribution(2, "U1", 202301).replace("5000.00", "-1"),
        Sample.id(2) + ",李四,U",
        "");
    sample.build();
    assertThat(intake("contribution_360100_202301.csv")).isEqualTo("8|1|7|0|0");
    assertThat(sample.query("SELECT reason FROM refusal ORDER BY 1"))
        .containsExactly(
            "bad-date",
            "cell-count",
            "check-failed",
            "id-cut",
            "out-of-range",
            "required-empty",
            "unknown-code");
  }

  @Test
  void sets_bad_files_aside_and_goes_on() throws Exception {
    byte[] garbage = new byte[5000];
    new Random(1).nextBytes(garbage);
    sample
        .people(1)
        .month(202301, 1)
        .file("contribution_360100_202302.csv", "姓名,单位编号", "a,b")
        .file("weather.csv", "a,b", "1,2")
        .file("empty.csv", StandardCharsets.UTF_8, "");
    Files.write(sample.in.resolve("garbage.csv"), garbage);
    Files.writeString(sample.in.resolve("_note.txt"), "ignored");
    BuildReport report = sample.build();
    assertThat(report.filesRefused()).isEqualTo(4);
    assertThat(sample.query("SELECT reason FROM refusal WHERE records = 0 ORDER BY 1"))
        .containsExactly("empty-file", "missing-column", "not-text", "unknown-dataset");
  }

  @Test
  void keeps_the_head_of_a_line_of_many_megabytes_and_reads_on() throws Exception {
    StringBuilder text =
        new StringBuilder(Sample.CONTRIBUTION)
            .append('\n')
            .append(Sample.contribution(1, "U1", 202301))
            .append('\n');
    text.append("x".repeat(20 << 20))
        .append('\n')
        .append(Sample.contribution(2, "U1", 202301))
        .append('\n');
    sample
        .people(2)
        .file("contribution_360100_202301.csv", StandardCharsets.UTF_8, text.toString())
        .build();
    assertThat(intake("contribution_360100_202301.csv")).isEqualTo("3|2|1|0|0");
    assertThat(sample.query("SELECT reason FROM refusal")).containsExactly("too-long");
  }

  @Test
  void one_missing_quote_does_not_swallow_the_file() throws Exception {
    sample
        .people(3)
        .file(
            "contribution_360100_202301.csv",
            Sample.CONTRIBUTION,
            Sample.contribution(1, "U1", 202301).replace("张三", "\"张三"),
            Sample.contribution(2, "U1", 202301),
            Sample.contribution(3, "U1", 202301))
        .build();
    assertThat(intake("contribution_360100_202301.csv")).isEqualTo("3|2|1|0|0");
    assertThat(sample.query("SELECT reason FROM refusal")).containsExactly("unclosed-quote");
  }

  @Test
  void says_so_when_the_folder_is_missing_or_nothing_in_it_can_be_read() throws Exception {
    assertThatThrownBy(sample::build)
        .isInstanceOfSatisfying(
            PoolProblem.class, p -> assertThat(p.code).isEqualTo("nothing-readable"));
    Files.delete(sample.in);
    assertThatThrownBy(sample::build)
        .isInstanceOfSatisfying(
            PoolProblem.class, p -> assertThat(p.kind).isEqualTo(PoolProblem.Kind.USE));
  }

  @Test
  void a_second_build_at_once_is_told_so() throws Exception {
    sample.people(1).month(202301, 1);
    try (var lock = new PoolFolder(sample.pool).lock()) {
      assertThat(lock.isOpen()).isTrue();
      assertThatThrownBy(sample::build)
          .isInstanceOfSatisfying(
              PoolProblem.class, p -> assertThat(p.code).isEqualTo("build-running"));
    }
  }

  @Test
  void no_identifier_or_name_is_readable_in_the_pool_folder() throws Exception {
    sample
        .people(2)
        .month(202301, 1, 2)
        .file(
            "contribution_360100_202302.csv",
            Sample.CONTRIBUTION,
            Sample.contribution(2, "", 202302))
        .build();
    try (var files = Files.walk(sample.pool)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes)
            .as("%s", file)
            .doesNotContain(Sample.id(1))
            .doesNotContain(Sample.id(2))
            .doesNotContain(
                new String("张三".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
      }
    }
  }

  @Test
  void a_dataset_and_a_mart_are_added_with_two_files() throws Exception {
    Path documents = folder.resolve("documents");
    Files.createDirectories(documents.resolve("contracts"));
    Files.createDirectories(documents.resolve("steps"));
    Files.writeString(
        documents.resolve("contracts/fair.yaml"),
        """
        id: fair
        title: 招聘会
        sender: employment-centre
        grain: one row per fair
        columns:
          held: {type: date, header: [举办日期], required: true}
          region: {type: region, header: [区划], required: true}
          heads: {type: integer, header: [招聘人数]}
        key: [held, region]
        """);
    Files.writeString(
        documents.resolve("steps/fair_heads.sql"),
        """
        -- question  How many heads were wanted at fairs?
        -- grain     one row per region
        -- inputs    fair
        -- output    fair_heads(region, heads)
        -- publish   whole
        -- order     region
        SELECT region, CAST(SUM(heads) AS BIGINT) AS heads FROM fair GROUP BY region
        """);
    sample
        .people(1)
        .month(202301, 1)
        .file("fair_360100.csv", "举办日期,区划,招聘人数", "2023-02-01,南昌县,120", "2023-02-02,360121,30");
    assertThat(sample.build().filesRefused()).as("before anyone knew of fairs").isEqualTo(1);
    BuildOptions options = sample.options().with(documents);
    BuildReport report = PoolBuild.run(options, BuildListener.SILENT);
    assertThat(report.filesRefused()).isZero();
    assertThat(report.newFiles()).isEqualTo(1);
    assertThat(sample.query("SELECT * FROM fair_heads")).containsExactly("360121|150");
    Path step = documents.resolve("steps/fair_heads.sql");
    Files.writeString(step, Files.readString(step).replace("SUM(heads)", "MAX(heads)"));
    PoolBuild.run(options, BuildListener.SILENT);
    assertThat(sample.query("SELECT * FROM fair_heads"))
        .as("a changed step is derived anew, without a new file")
        .containsExactly("360121|120");
  }

  @Test
  void reads_gzip_and_refuses_one_that_is_cut() throws Exception {
    sample.people(3).month(202301, 1, 2).month(202302, 1, 2, 3);
    sample.build();
    Sample other = new Sample(folder.resolve("gz")).people(3).month(202301, 1, 2);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(Files.readAllBytes(sample.in.resolve("contribution_360100_202302.csv")));
    }
    byte[] whole = packed.toByteArray();
    Files.write(other.in.resolve("contribution_360100_202302.csv.gz"), whole);
    Files.write(
        other.in.resolve("contribution_360200_202302.csv.gz"),
        Arrays.copyOf(whole, whole.length - 9));
    Files.write(other.in.resolve("contribution_360300_202302.csv.gz"), new byte[] {1, 2, 3, 4});
    assertThat(other.build().filesRefused()).isEqualTo(2);
    assertThat(other.query("SELECT reason FROM refusal"))
        .containsExactly("broken-archive", "broken-archive");
    assertThat(other.query("SELECT * FROM stock ORDER BY ALL"))
        .isEqualTo(sample.query("SELECT * FROM stock ORDER BY ALL"));
  }
}
