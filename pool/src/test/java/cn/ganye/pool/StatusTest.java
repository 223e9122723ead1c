package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People whose evidence, and the status that follows from it, can be read like a story. */
class StatusTest {
  @TempDir Path folder;
  Sample sample;

  @BeforeEach
  void open() throws Exception {
    sample = new Sample(folder);
  }

  /**
   * 1 holds a rural post with no last day: believed for a year. 2 held an urban one until April. 3
   * is insured by a unit beside the post: the post is seen. 4 is enrolled, 5 has graduated.
   */
  @Test
  void welfare_posts_and_school_registers_say_who_works_and_who_studies() throws Exception {
    sample.people(5);
    for (int month = 202301; month <= 202312; month++) {
      sample.month(month, 3);
    }
    sample.file(
        "welfare-post_360100__20230601.csv",
        "姓名,证件号码,岗位,类别,上岗日期,离岗日期,补贴标准",
        "张三," + Sample.id(1) + ",保洁,乡村,2022-06-01,,500",
        "张三," + Sample.id(2) + ",协管,城镇,2023-02-10,2023-04-20,1800",
        "张三," + Sample.id(3) + ",协管,城镇,2023-03-01,,1800");
    sample.file(
        "student_360100__20230915.csv",
        "学籍号,姓名,证件号码,学校,入学日期,学籍状态",
        "G4,张三," + Sample.id(4) + ",某校,2023-09-01,在读",
        "G5,张三," + Sample.id(5) + ",某校,2019-09-01,毕业");
    sample.build();
    assertThat(
            sample.query(
                "SELECT basis, from_month, to_month, COUNT(*) FROM person_status WHERE basis <> 'unknown' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"))
        .containsExactly(
            "formal|202301|202302|1",
            "student|202309|202312|1",
            "welfare-post-rural|202301|202305|1",
            "welfare-post-urban|202302|202304|1",
            "welfare-post-urban|202303|202312|1");
  }

  @Test
  void a_registration_lasts_until_it_is_cancelled_or_paid_work_begins() throws Exception {
    String header = "姓名,证件号码,失业登记状态,失业时间,失业登记日期";
    sample
        .people(3)
        .month(202301, 1, 2, 3)
        .month(202302)
        .month(202303)
        .month(202304, 2)
        .month(202305, 2);
    sample.file(
        "unemployment_registration_360100_202302.csv",
        header,
        "张三," + Sample.id(1) + ",登记失业,2023-02-01,2023-02-08",
        "张三," + Sample.id(2) + ",登记失业,2023-02-01,2023-02-08",
        "张三," + Sample.id(3) + ",登记失业,2023-02-01,2023-02-08");
    sample.file(
        "unemployment_registration_360100_202303_20230422.csv",
        header,
        "张三," + Sample.id(3) + ",注销,2023-02-01,2023-02-08");
    sample.build();
    assertThat(
            sample.query(
                "SELECT from_month, to_month, COUNT(*) FROM person_status WHERE status = 'UNEMPLOYED' GROUP BY 1, 2 ORDER BY 2"))
        .containsExactly("202302|202303|2", "202302|202305|1");
  }
}
