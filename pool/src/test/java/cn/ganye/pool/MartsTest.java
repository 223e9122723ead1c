package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marts on tables small enough to be worked out by hand. */
class MartsTest {
  private static final String REGISTER = "姓名,证件号码,就业类型,单位,开始时间,结束时间,登记机构区划";
  @TempDir Path folder;
  Sample sample;

  @BeforeEach
  void open() throws Exception {
    sample = new Sample(folder);
  }

  private static String entry(int person, String kind, String from, String to) {
    return "张三," + Sample.id(person) + "," + kind + ",甲公司," + from + "," + to + ",360121";
  }

  /**
   * 1 begins once. 2 moves to another unit within a month: a transfer. 3 begins, leaves, and begins
   * again in the same year: a repeat; and again next year: counts. 4 goes on as a flexible worker:
   * a renewal. 5 retires from work, 6 had left long before.
   */
  @Test
  void new_urban_employment_counts_once_a_year_and_neither_transfers_nor_renewals()
      throws Exception {
    sample.people(6);
    for (int month = 202301; month <= 202402; month = month == 202312 ? 202401 : month + 1) {
      sample.month(month);
    }
    sample.file(
        "employment-registration_360100__20240225.csv",
        REGISTER,
        entry(1, "单位", "2023-03-21", ""),
        entry(2, "单位", "2023-01-09", "2023-03-31"),
        entry(2, "单位", "2023-04-20", ""),
        entry(3, "单位", "2023-01-10", "2023-02-28"),
        entry(3, "单位", "2023-06-01", "2023-09-30"),
        entry(3, "灵活", "2024-01-05", ""),
        entry(4, "灵活", "2023-02-01", "2023-04-30"),
        entry(4, "灵活", "2023-05-15", ""),
        entry(5, "单位", "2020-01-01", "2023-06-30"),
        entry(6, "单位", "2020-01-01", "2022-06-30"));
    sample.file(
        "pension_360100__20240220.csv",
        "姓名,证件号码,待遇类别,待遇开始年月,发放状态",
        "张三," + Sample.id(5) + ",职工,202307,正常",
        "张三," + Sample.id(6) + ",职工,202307,正常");
    sample.build();
    assertThat(sample.query("SELECT day, verdict FROM new_employment_event ORDER BY day, verdict"))
        .containsExactly(
            "20230109|counted",
            "20230110|counted",
            "20230201|counted",
            "20230321|counted",
            "20230420|transfer",
            "20230515|renewal",
            "20230601|repeat",
            "20230701|attrition",
            "20240105|counted");
    assertThat(
            sample.query(
                "SELECT calendar, month, people FROM new_urban_employment WHERE verdict = 'counted' AND people > 0 AND region = '360121' ORDER BY 1, 2"))
        .containsExactly(
            "calendar|202301|2",
            "calendar|202302|1",
            "calendar|202303|1",
            "calendar|202401|1",
            "reporting|202301|2",
            "reporting|202302|1",
            "reporting|202304|1",
            "reporting|202401|1");
  }

  /**
   * Household H1 in town: both able members registered: suspected. H2: one of two works. H3: one
   * registered, of the other nothing is known: not suspected. H4, relocated: nobody works.
   */
  @Test
  void a_household_is_suspected_only_if_all_who_could_work_are_known_to_be_without()
      throws Exception {
    String header = "公民身份号码,姓名,性别,出生日期,户籍区划,户号,与户主关系,户口性质,常住区划";
    String row = "%s,张三,男性,1985-03-07,360121,%s,%s,%s,360121";
    sample.people(0).month(202301, 4).month(202302, 4);
    sample.file(
        "resident_360100__20230101.csv",
        header,
        row.formatted(Sample.id(1), "H1", "户主", "非农业"),
        row.formatted(Sample.id(2), "H1", "配偶", "非农业"),
        row.formatted(Sample.id(3), "H2", "户主", "非农业"),
        row.formatted(Sample.id(4), "H2", "配偶", "非农业"),
        row.formatted(Sample.id(5), "H3", "户主", "非农业"),
        row.formatted(Sample.id(6), "H3", "配偶", "非农业"),
        row.formatted(Sample.id(7), "H4", "户主", "农业"));
    sample.file(
        "unemployment-registration_360100__20230228.csv",
        "姓名,证件号码,失业登记状态,失业时间,失业登记日期",
        registered(1, "2023-01"),
        registered(2, "2023-02"),
        registered(3, "2023-01"),
        registered(5, "2023-01"),
        registered(7, "2023-01"));
    sample.file(
        "lifted-from-poverty_360100__20230220.csv",
        "县,户编号,人编号,姓名,证件号码,户类型,监测对象类型,风险是否消除,安置点名称",
        "南昌县,P1,1,张三," + Sample.id(7) + ",脱贫户,脱贫不稳定户,否,幸福小区");
    sample.build();
    assertThat(
            sample.query(
                "SELECT month, kind, households, suspected_zero_employment FROM household_month WHERE region = '360121' ORDER BY 1, 2"))
        .containsExactly(
            "202301|relocated|1|1", "202301|urban|3|0", "202302|relocated|1|1", "202302|urban|3|1");
    assertThat(
            sample.query(
                "SELECT key_group, status, SUM(people) FROM group_stock WHERE month = 202302 AND region_by = 'residence' GROUP BY 1, 2 ORDER BY 1"))
        .containsExactly(
            "lifted-from-poverty|UNEMPLOYED|1",
            "monitored|UNEMPLOYED|1",
            "relocated|UNEMPLOYED|1",
            "rural-labour|UNEMPLOYED|1");
  }

  private static String registered(int person, String month) {
    return "张三," + Sample.id(person) + ",登记失业," + month + "-01," + month + "-08";
  }

  @Test
  void an_enterprises_months_are_told_only_where_its_sender_has_reported() throws Exception {
    sample.people(3).month(202301, 1, 2).month(202302, 1).month(202304, 1, 3).month(202305, 1);
    sample.build();
    assertThat(
            sample.query(
                "SELECT month, headcount, hires, separations, base_sum FROM enterprise_month ORDER BY 1"))
        .containsExactly(
            "202301|2|null|1|1000000",
            "202302|1|0|null|500000",
            "202303|null|null|null|null",
            "202304|2|null|1|1000000",
            "202305|1|0|null|500000");
  }

  @Test
  void quality_says_what_is_late_refused_empty_or_contradicted() throws Exception {
    sample.people(2).month(202301, 1);
    sample.file(
        "contribution_360100_202302_20230420.csv",
        Sample.CONTRIBUTION,
        Sample.contribution(1, "U1", 202302),
        Sample.contribution(1, "U1", 202302).replace("5000", "6000"),
        Sample.contribution(2, "U1", 202302).replace("正常", "别的"),
        Sample.contribution(2, "U1", 202302).replace("5000.00", ""));
    sample.build();
    assertThat(
            sample.query(
                "SELECT month, measure, numerator, denominator FROM quality WHERE dataset = 'contribution' ORDER BY 1, 2"))
        .containsExactly(
            "202301|completeness|7|10",
            "202301|consistency|1|1",
            "202301|timeliness|1|1",
            "202301|validity|1|1",
            "202302|completeness|20|30",
            "202302|consistency|1|3",
            "202302|timeliness|0|1",
            "202302|validity|3|4");
  }
}
