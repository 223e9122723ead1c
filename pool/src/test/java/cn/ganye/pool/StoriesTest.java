package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One person for each class of status, from January to December 2023. What the offices sent about
 * each, and what must follow from it, stand beside each other.
 */
class StoriesTest {
  @TempDir static Path folder;
  static Sample sample;

  private static String id(int person) {
    return Sample.id(person);
  }

  @BeforeAll
  static void send() throws Exception {
    sample = new Sample(folder).people(40);
    sample.file(
        "enterprise_360100__20230106.csv",
        "统一社会信用代码,企业名称,行业代码,行政区划",
        Sample.creditCode(2) + ",派遣公司,72,360102",
        Sample.creditCode(3) + ",用工公司,39,360722");
    sample.file(
        "insured-unit_360100__20230107.csv",
        "单位编号,单位名称,统一社会信用代码,统筹区",
        "U2,派遣公司," + Sample.creditCode(2) + ",360102");
    for (int month = 202301; month <= 202312; month++) {
      List<String> rows = new ArrayList<>(List.of(Sample.CONTRIBUTION));
      rows.add(Sample.contribution(1, "U1", month));
      rows.add(Sample.contribution(2, "U2", month));
      if (month <= 202303) {
        rows.add(Sample.contribution(12, "U1", month));
        rows.add(Sample.contribution(13, "U1", month));
        rows.add(Sample.contribution(22, "U1", month));
      }
      if (month <= 202306) {
        rows.add(Sample.contribution(19, "U1", month));
        rows.add(Sample.contribution(21, "U1", month));
      }
      sample.file("contribution_360100_" + month + ".csv", rows.toArray(String[]::new));
      List<String> benefit = new ArrayList<>(List.of("姓名,证件号码,享受年月,失业保险金"));
      if (month >= 202304 && month <= 202307) {
        benefit.add("张三," + id(12) + "," + month + ",1530");
      }
      sample.file("benefit_360100_" + month + ".csv", benefit.toArray(String[]::new));
    }
    sample.file(
        "labour-filing_360100__20230105.csv",
        "姓名,证件号码,统一社会信用代码,合同类别,合同开始时间,合同结束时间,派遣代理标志,用工单位,用工单位统一社会信用代码,合同解除日期",
        "张三,"
            + id(2)
            + ","
            + Sample.creditCode(2)
            + ",无固定期限,2022-01-01,9999-12-31,是,用工公司,"
            + Sample.creditCode(3)
            + ",",
        "张三," + id(23) + "," + Sample.creditCode(1) + ",固定期限,2022-01-01,2023-08-31,否,,,");
    sample.file(
        "flexible-contribution_360100_202312_20240113.csv",
        "社会保障号码,姓名,结算期,对应费款所属期,险种类型,缴费类型,缴费基数",
        "%s,张三,202312,202310,企业职工基本养老保险,正常,4000".formatted(id(3)),
        "%s,张三,202312,202311,企业职工基本养老保险,正常,4000".formatted(id(3)),
        "%s,张三,202312,202312,企业职工基本养老保险,正常,4000".formatted(id(3)));
    String wave = "张三,张三,%s,%s,%s,2023-02-05";
    sample.file(
        "rural-labour_360100_202302.csv",
        "户主姓名,姓名,身份证号,就业状态,务工省市县,采集日期",
        wave.formatted(id(4), "务农", ""),
        wave.formatted(id(5), "务工", "江西省南昌市南昌县"),
        wave.formatted(id(6), "务工", "江西省赣州市信丰县"),
        wave.formatted(id(7), "务工", "广东那边"),
        wave.formatted(id(8), "创业", ""),
        wave.formatted(id(9), "务工", ""),
        wave.formatted(id(14), "在学", ""),
        wave.formatted(id(18), "无劳力", ""),
        wave.formatted(id(19), "务工", "江西省南昌市南昌县"));
    sample.file(
        "welfare-post_360100__20231231.csv",
        "姓名,证件号码,岗位,类别,上岗日期,离岗日期",
        "张三," + id(10) + ",协管,城镇,2023-03-01,2023-10-31",
        "张三," + id(20) + ",保洁,乡村,2023-03-01,");
    sample.file(
        "traineeship_360100__20231231.csv",
        "姓名,证件号码,见习单位,统一社会信用代码,见习开始日期,见习结束日期",
        "张三," + id(11) + ",用工公司," + Sample.creditCode(3) + ",2023-07-03,2023-12-20");
    sample.file(
        "unemployment-registration_360100_202304.csv",
        "姓名,证件号码,失业登记状态,失业时间,失业登记日期,登记机构区划,注销日期",
        "张三," + id(12) + ",登记失业,2023-04-01,2023-04-10,360121,",
        "张三," + id(13) + ",登记失业,2023-04-01,2023-04-24,360121,");
    sample.file(
        "unemployment-registration_360100_202305.csv", "姓名,证件号码,失业登记状态,失业时间,失业登记日期,登记机构区划,注销日期");
    sample.file(
        "unemployment-registration_360100_202309.csv",
        "姓名,证件号码,失业登记状态,失业时间,失业登记日期,登记机构区划,注销日期",
        "张三," + id(13) + ",注销,2023-04-01,2023-04-24,360121,2023-09-15");
    sample.file(
        "student_360100__20220915.csv",
        "学籍号,姓名,证件号码,学校,入学日期,学籍状态",
        "G,张三," + id(15) + ",某大学,2019-09-01,在读");
    sample.file(
        "graduate_360100__20230720.csv",
        "学号,姓名,证件号码,学校,学历层次,毕业日期,毕业去向",
        "1,张三," + id(15) + ",某大学,本科,2023-06-30,待就业");
    sample.file(
        "military-service_360100__20231231.csv",
        "姓名,证件号码,入伍时间,退役时间",
        "张三," + id(16) + ",2022-09-01,");
    sample.file(
        "imprisonment_360100__20231231.csv",
        "姓名,证件号码,收监日期,释放日期",
        "张三," + id(17) + ",2023-03-10,2023-11-20");
    sample.file(
        "pension_360100__20231220.csv",
        "姓名,证件号码,待遇类别,待遇开始年月,发放状态",
        "张三," + id(21) + ",职工,202307,正常",
        "张三," + id(4) + ",城乡居民,202201,正常");
    sample.file(
        "deceased_360100__20231228.csv",
        "姓名,证件号码,死亡日期,注销日期,火化日期",
        "张三," + id(22) + ",2023-02-11,2023-05-20,2023-02-13");
    sample.file(
        "employment-registration_360100_202301.csv",
        "姓名,证件号码,就业类型,单位,开始时间,结束时间,登记机构区划",
        "张三," + id(24) + ",灵活,,2023-01-10,2023-05-31,360121",
        "张三," + id(25) + ",单位,甲公司,2022-01-10,,360121");
    sample.file(
        "insurance-change_360100_202309.csv",
        "姓名,证件号码,单位编号,变更类型,变更日期,停保原因",
        "张三," + id(25) + ",U1,减员,2023-09-30,合同期满");
    sample.file(
        "self-employed_360100__20230110.csv",
        "统一社会信用代码,个体工商户名称,经营者姓名,证件号码,登记日期,登记状态",
        Sample.creditCode(9) + ",小店,张三," + id(26) + ",2015-05-01,存续",
        Sample.creditCode(8) + ",小店,张三," + id(13) + ",2015-05-01,存续");
    sample.build();
  }

  /** The story of a person, known by a spell that nobody else has. */
  private List<String> story(int person) throws Exception {
    long key = Keys.of(sample, id(person));
    return sample.query(
        "SELECT basis, from_month, to_month, region FROM person_status WHERE person = "
            + key
            + " ORDER BY from_month");
  }

  @Test
  void a_unit_pays_every_month_formal() throws Exception {
    assertThat(story(1)).containsExactly("formal|202301|202312|360121");
  }

  /** Insured by an agency in 东湖区, at work for an enterprise in 信丰县. */
  @Test
  void an_agency_pays_and_the_filing_names_another_enterprise_dispatched() throws Exception {
    assertThat(story(2)).containsExactly("dispatched|202301|202312|360722");
    assertThat(sample.query("SELECT m FROM flow WHERE region = '360722' AND period = '202305'"))
        .containsExactly("1");
  }

  @Test
  void pays_for_three_months_in_december_flexible() throws Exception {
    assertThat(story(3))
        .containsExactly("unknown|202301|202309|999999", "flexible|202310|202312|360121");
  }

  @Test
  void farms_says_the_village_and_a_residents_pension_does_not_retire_anybody() throws Exception {
    assertThat(story(4))
        .containsExactly("unknown|202301|202301|999999", "farming|202302|202312|360121");
  }

  @Test
  void works_in_the_home_county_elsewhere_in_the_province_and_in_another_one() throws Exception {
    assertThat(story(5)).endsWith("local-informal|202302|202312|360121");
    assertThat(story(6)).endsWith("in-province|202302|202312|360722");
    assertThat(story(7)).endsWith("out-of-province|202302|202312|440000");
    assertThat(story(8)).endsWith("self-employed|202302|202312|360121");
    assertThat(story(9)).endsWith("away-unknown|202302|202312|999999");
  }

  @Test
  void holds_a_welfare_post_of_the_town_or_of_the_village() throws Exception {
    assertThat(story(10)).contains("welfare-post-urban|202303|202310|360121");
    assertThat(story(20)).contains("welfare-post-rural|202303|202312|360121");
  }

  @Test
  void is_a_trainee_where_the_enterprise_is() throws Exception {
    assertThat(story(11)).contains("trainee|202307|202312|360722");
  }

  /** Four months of benefit; the registration is never cancelled. */
  @Test
  void loses_the_job_draws_benefit_and_stays_registered() throws Exception {
    assertThat(story(12))
        .containsExactly(
            "formal|202301|202303|360121",
            "on-benefit|202304|202307|000000",
            "registered-unemployed|202308|202312|000000");
  }

  /** A licence of 2015 says own business all the while: it ranks below the registration. */
  @Test
  void is_registered_until_the_office_cancels_and_then_only_the_old_licence_speaks()
      throws Exception {
    assertThat(story(13))
        .containsExactly(
            "formal|202301|202303|360121",
            "registered-unemployed|202304|202309|000000",
            "self-employed|202310|202312|360121");
    assertThat(
            sample.query(
                "SELECT evidence, since_month, against, against_since_month, from_month, to_month FROM conflict WHERE against = 'business-licence'"))
        .containsExactly("unemployment-registration|202304|business-licence|201505|202304|202309");
  }

  @Test
  void studies_says_the_village_or_the_school_until_graduation() throws Exception {
    assertThat(story(14)).endsWith("student|202302|202312|000000");
    assertThat(story(15))
        .containsExactly("student|202301|202306|000000", "unknown|202307|202312|999999");
  }

  @Test
  void serves_and_sits() throws Exception {
    assertThat(story(16)).containsExactly("in-service|202301|202312|000000");
    assertThat(story(17))
        .containsExactly(
            "unknown|202301|202302|999999",
            "in-prison|202303|202311|000000",
            "unknown|202312|202312|999999");
  }

  @Test
  void cannot_work_says_the_village() throws Exception {
    assertThat(story(18)).endsWith("unable|202302|202312|000000");
  }

  /** The wave speaks of the job that the unit pays for, and ends with it. */
  @Test
  void a_wave_about_an_insured_job_ends_with_the_job() throws Exception {
    assertThat(story(19))
        .containsExactly("formal|202301|202306|360121", "unknown|202307|202312|999999");
  }

  @Test
  void retires_on_an_employees_pension() throws Exception {
    assertThat(story(21))
        .containsExactly("formal|202301|202306|360121", "retired|202307|202312|000000");
  }

  /** Three dates disagree: the earliest counts. A month paid after it is a contradiction. */
  @Test
  void dies_and_leaves_the_frame() throws Exception {
    assertThat(story(22)).containsExactly("formal|202301|202302|360121");
    assertThat(
            sample.query(
                "SELECT from_month, to_month, against FROM conflict WHERE evidence = 'death'"))
        .containsExactly("202303|202303|contribution");
  }

  @Test
  void is_in_work_by_a_contract_a_registration_or_a_licence_alone() throws Exception {
    assertThat(story(23)).startsWith("formal|202301|202308|360121");
    assertThat(story(24)).startsWith("flexible|202301|202305|360121");
    assertThat(story(25))
        .containsExactly("formal|202301|202309|360121", "unknown|202310|202312|999999");
    assertThat(story(26)).containsExactly("self-employed|202301|202312|360121");
  }

  @Test
  void nobody_says_anything() throws Exception {
    assertThat(story(27)).containsExactly("unknown|202301|202312|999999");
  }

  /** Registered figures go by registrations: the 24th belongs to the next reporting month. */
  @Test
  void the_register_counts_by_calendar_and_by_reporting_month() {
    assertThat(
            sample.query(
                "SELECT calendar, month, SUM(people) FROM registered_unemployment WHERE measure = 'registered' GROUP BY 1, 2 HAVING SUM(people) > 0 ORDER BY 1, 2"))
        .containsExactly("calendar|202304|2", "reporting|202304|1", "reporting|202305|1");
    assertThat(
            sample.query(
                "SELECT month, SUM(people) FROM registered_unemployment WHERE measure = 'stock' AND calendar = 'calendar' AND region = '360121' AND month IN (202304, 202309) GROUP BY 1 ORDER BY 1"))
        .containsExactly("202304|2", "202309|1");
    assertThat(
            sample.query(
                "SELECT people FROM registered_unemployment WHERE measure = 'stock' AND calendar = 'calendar' AND month = 202306"))
        .containsOnly("null");
  }

  @Test
  void a_persons_file_holds_what_every_office_says() throws Exception {
    assertThat(
            sample.query(
                "SELECT dataset, fact, from_month, to_month, amount FROM person_file WHERE dataset <> '' AND person = "
                    + Keys.of(sample, id(12))
                    + " ORDER BY 1, 3, 2"))
        .contains(
            "benefit|benefit-paid|202304|202304|153000",
            "contribution|contribution|202301|202303|null",
            "unemployment-registration|unemployment-registration|202304|202312|null");
  }
}
