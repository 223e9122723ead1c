package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vacancies and seekers by quarter, and the points of enterprises, by hand-made files. */
class SupplyAndDemandTest {
  private static final String VACANCY = "招聘单位,信用代码,岗位名称,招聘人数,工作地点,有效期,发布日期";

  @TempDir static Path folder;
  static Sample sample;

  @BeforeAll
  static void build() throws Exception {
    sample = new Sample(folder).people(10);
    for (int month = 202301; month <= 202306; month++) {
      sample.month(month, 1);
    }
    sample.file(
        "enterprise_360700__20230105.csv",
        "统一社会信用代码,企业名称,行业代码,行政区划,经度,纬度",
        Sample.creditCode(2) + ",乙公司,51,360722,114.933123,25.387456",
        Sample.creditCode(3) + ",丙公司,51,360722,25.4,114.9",
        Sample.creditCode(4) + ",丁公司,51,360722,东经114度,北纬25度",
        Sample.creditCode(5) + ",戊公司,51,360722,0,0");
    String one = Sample.creditCode(1);
    sample.file(
        "vacancy_360100_202303_20230408.csv",
        VACANCY,
        "甲公司," + one + ",普工,5,360121,2023-04-30,2023-03-05",
        "甲公司," + one + ",普工,8,360121,2023-04-30,2023-03-12",
        "甲公司," + one + ",电工,999,360121,,2023-03-05",
        "甲公司," + one + ",焊工,2,,2099-12-31,2022-06-01",
        "乙公司," + Sample.creditCode(2) + ",仓管,3,360121,,2023-02-05");
    sample.file(
        "unemployment-registration_360000_202301_20230222.csv",
        "姓名,证件号码,失业登记状态,失业登记日期,登记机构区划,注销日期",
        "张三," + Sample.id(4) + ",登记失业,2023-02-01,360121,",
        "张三," + Sample.id(5) + ",注销,2023-01-10,360121,2023-01-31");
    for (int month = 202302; month <= 202305; month++) {
      sample.file("unemployment-registration_360000_" + month + ".csv", "姓名,证件号码,失业登记状态,失业登记日期");
    }
    sample.build();
  }

  /**
   * The same post again counts once, by its largest number; 999 says nothing; half a year is the
   * longest.
   */
  @Test
  void vacancies_count_once_a_quarter() {
    assertThat(
            sample.query(
                "SELECT period, industry, units, postings, heads, unstated FROM vacancy_quarter WHERE region = '360121' ORDER BY 1, 2"))
        .containsExactly(
            "2023Q1|C|1|2|8|1",
            "2023Q1|F|1|1|3|0",
            "2023Q2|C|null|null|null|null",
            "2023Q2|F|null|null|null|null");
  }

  /** The city of 南昌 has sent its first quarter alone; nobody has sent any for 赣州. */
  @Test
  void what_no_office_sent_is_missing() {
    assertThat(
            sample.query(
                "SELECT period, COUNT(*), COUNT(heads) FROM vacancy_quarter WHERE region LIKE '3601%' GROUP BY 1 ORDER BY 1"))
        .containsExactly("2023Q1|18|18", "2023Q2|18|0");
    assertThat(
            sample.query(
                "SELECT COUNT(heads) FROM vacancy_quarter WHERE region LIKE '3607%' AND period = '2023Q1'"))
        .containsExactly("0");
  }

  /** Whoever was registered on one day of the quarter; the register of June has not come. */
  @Test
  void seekers_are_who_was_registered_in_the_quarter() {
    assertThat(
            sample.query(
                "SELECT period, SUM(people), SUM(graduates) FROM seeker_quarter WHERE region = '360121' GROUP BY 1 ORDER BY 1"))
        .containsExactly("2023Q1|2|0", "2023Q2|null|null");
  }

  @Test
  void points_that_lie_in_china_are_kept() {
    assertThat(sample.query("SELECT region, longitude, latitude FROM enterprise_point ORDER BY 2"))
        .containsExactly("360722|114900000|25400000", "360722|114933123|25387456");
  }
}
