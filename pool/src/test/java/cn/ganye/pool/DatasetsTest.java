package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.contract.Contract;
import cn.ganye.pool.contract.Contracts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with the headers that offices use, one for each dataset that no other test sends. */
class DatasetsTest {
  @TempDir Path folder;

  private static Map<String, List<String>> files() {
    String id = Sample.id(1);
    String code = Sample.creditCode(1);
    Map<String, List<String>> files = new LinkedHashMap<>();
    files.put(
        "insurance-change",
        List.of(
            "个人编号,姓名,证件号码,单位编号,变更类型,变更日期,停保原因",
            "1,张三," + id + ",U1,减员,2023-01-31,合同期满",
            "1,张三," + id + ",U1,增员,2022/03/01,"));
    files.put(
        "employment-registration",
        List.of("姓名,证件号码,就业类型,单位,开始时间,结束时间,注销原因", "张三," + id + ",公益性岗位,村委会,2023-01-01,,"));
    files.put(
        "labour-filing",
        List.of(
            "姓名,证件号码,统一社会信用代码,合同类别,合同开始时间,合同结束时间,岗位工种,派遣代理标志,用工单位,合同解除日期,解除原因,备案经办日期",
            "张三," + id + "," + code + ",固定期限,2023-01-01,9999-12-31,普工,是,乙公司,,,2023-01-09"));
    files.put(
        "benefit",
        List.of(
            "姓名,证件号码,享受年月,失业保险金,代缴医保,核定月数,已领月数,停发原因", "张三," + id + ",202301,1530.00,300,12,1,"));
    files.put(
        "subsidy",
        List.of("姓名,证件号码,发放年月,补贴类型,补贴金额,开户银行,银行账号", "张三," + id + ",202301,社保补贴,600,某行,6222"));
    files.put(
        "welfare-post",
        List.of("姓名,证件号码,岗位,类别,上岗日期,离岗日期,补贴标准", "张三," + id + ",保洁,乡村,2023-01-01,,500"));
    files.put(
        "graduate",
        List.of(
            "学号,姓名,证件号码,学校,学历层次,专业,毕业日期,毕业去向,生源地,困难类型,联系电话",
            "1,张三," + id + ",某大学,本科,数学,2023-06-30,待就业,360121,,"));
    files.put("student", List.of("学籍号,姓名,证件号码,学校,入学日期,学籍状态", "G1,张三," + id + ",某中学,2022-09-01,在读"));
    files.put(
        "veteran",
        List.of("姓名,证件号码,退役时间,安置方式,服役年限,户籍地,就业状况", "张三," + id + ",2010-12-01,自主就业,5,南昌县,已就业"));
    files.put(
        "hard-to-employ",
        List.of(
            "姓名,证件号码,就业困难流水号,困难类型,初审时间,初审结果,终审时间,终审结果,注销时间,注销方式,就困注销原因,就困有效标志",
            "张三," + id + ",1,4050,2023-01-05,通过,2023-01-12,通过,,,,有效"));
    files.put(
        "self-employed",
        List.of("统一社会信用代码,个体工商户名称,经营者姓名,证件号码,登记日期,登记状态", code + ",甲店,张三," + id + ",2015-05-01,存续"));
    files.put(
        "vacancy",
        List.of(
            "招聘单位,信用代码,岗位名称,职业工种,招聘人数,月薪下限,月薪上限,工作地点,学历要求,有效期,发布日期",
            "甲公司," + code + ",普工,装配工,20,4000,6000,南昌县,初级中学教育,2023-03-31,2023-01-05",
            "甲公司," + code + ",文员,文员,20,4000,6000,南昌县,大学专科教育,2023-03-31,2023-01-05"));
    files.put(
        "lifted-from-poverty",
        List.of(
            "县,乡,行政村,自然村,户编号,人编号,姓名,证件号码,与户主关系,在校生状况,健康状况,劳动技能,务工时间（月）,户类型,监测对象类型,风险是否消除,务工所在地,安置点名称",
            "南昌县,甲乡,乙村,丙,H1,P1,张三," + id + ",户主,,健康,普通劳动力,10,脱贫户,,,广东省,",
            "南昌县,甲乡,乙村,丙,H1,P2,李四," + Sample.id(2) + "43B1,配偶,,残疾,弱劳动力,0,脱贫户,,是,,"));
    files.put("disabled", List.of("姓名,残疾人证号,残疾类别,残疾等级,有效期", "张三," + id + "43,肢体,三级,2030-01-01"));
    files.put(
        "fishing-ban-fisher",
        List.of("户主,姓名,证件号码,船名号,专业/兼业,退捕时间,转产就业状况", "张三,张三," + id + ",赣某渔01,专业,2020-01-01,务工"));
    files.put(
        "traineeship",
        List.of(
            "姓名,证件号码,见习单位,见习开始日期,见习结束日期,见习补贴标准", "张三," + id + ",甲公司,2023-01-01,2023-06-30,1500"));
    files.put("military-service", List.of("姓名,证件号码,入伍时间,退役时间", "张三," + id + ",2020-09-01,"));
    files.put("imprisonment", List.of("姓名,证件号码,收监日期,释放日期", "张三," + id + ",2020-09-01,2022-08-31"));
    return files;
  }

  @Test
  void takes_in_every_dataset_as_offices_send_it() throws Exception {
    Sample sample = new Sample(folder).people(1).month(202301, 1);
    for (Map.Entry<String, List<String>> file : files().entrySet()) {
      sample.file(
          file.getKey() + "_360100_202301_20230220.csv", file.getValue().toArray(String[]::new));
    }
    sample.build();
    assertThat(sample.query("SELECT file, reason FROM refusal")).isEmpty();
    for (Map.Entry<String, List<String>> file : files().entrySet()) {
      assertThat(
              sample.query("SELECT accepted FROM intake WHERE dataset = '" + file.getKey() + "'"))
          .as(file.getKey())
          .containsExactly(Integer.toString(file.getValue().size() - 1));
    }
  }

  /** A file without a telling name is known by its header alone. */
  @Test
  void knows_every_dataset_by_its_header() throws Exception {
    Sample sample = new Sample(folder).people(1).month(202301, 1);
    int number = 0;
    for (List<String> lines : files().values()) {
      sample.file("x" + ++number + "_20230220.csv", lines.toArray(String[]::new));
    }
    sample.build();
    assertThat(sample.query("SELECT DISTINCT dataset FROM intake WHERE file LIKE 'x%' ORDER BY 1"))
        .containsExactlyElementsOf(files().keySet().stream().sorted().toList());
  }

  @Test
  void every_dataset_says_where_it_comes_from_and_what_tells_its_rows_apart() {
    assertThat(Contracts.builtIn().all())
        .hasSize(27)
        .allSatisfy(
            contract -> {
              assertThat(contract.key()).isNotEmpty();
              assertThat(contract.source()).isNotBlank();
              assertThat(contract.grade()).isIn("A", "B", "C", "M");
              assertThat(contract.due()).isPositive();
              assertThat(contract.columns()).anyMatch(Contract.Column::required);
            });
  }
}
