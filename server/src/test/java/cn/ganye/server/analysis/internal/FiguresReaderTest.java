package cn.ganye.server.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.BuildListener;
import cn.ganye.pool.BuildOptions;
import cn.ganye.pool.PoolBuild;
import cn.ganye.reference.ResidentId;
import cn.ganye.server.analysis.internal.FiguresReader.Figure;
import cn.ganye.server.analysis.internal.FiguresReader.Question;
import cn.ganye.server.marts.Marts;
import cn.ganye.server.marts.PoolLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An office that sends early opens a month in which the others are not yet due. */
class FiguresReaderTest {
  @TempDir Path folder;

  private void contribution(String city, int month, int sent, int person) throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(
        in.resolve("contribution_" + city + "_" + month + "_" + sent + ".csv"),
        "社会保障号码,单位编号,结算期,对应费款所属期,险种类型,缴费类型,缴费基数\n"
            + String.join(
                ",",
                ResidentId.of(369900, 19850307, person).text(),
                "U" + city,
                Integer.toString(month),
                Integer.toString(month),
                "企业职工基本养老保险,正常,5000\n"));
  }

  private void insuredUnit(String city, String county, int person) throws Exception {
    Path in = folder.resolve("in");
    Files.writeString(
        in.resolve("insured_unit_" + city + "__20230105.csv"),
        "单位编号,单位名称,统筹区\nU" + city + ",某单位," + county + "\n");
    Files.writeString(
        in.resolve("resident_" + county + "__20230105.csv"),
        "公民身份号码,姓名,性别,出生日期,户籍区划,常住区划,文化程度\n"
            + ResidentId.of(369900, 19850307, person).text()
            + ",张三,男性,1985-03-07,"
            + county
            + ","
            + county
            + ",初级中学教育\n");
  }

  @Test
  void a_month_that_is_not_yet_due_is_missing_and_no_fall() throws Exception {
    for (int month = 202301; month <= 202302; month++) {
      contribution("360100", month, month * 100 + 120, 1);
      contribution("360700", month, month * 100 + 120, 3);
    }
    contribution("360700", 202303, 20230405, 3);
    insuredUnit("360100", "360121", 1);
    insuredUnit("360700", "360722", 3);
    Path pool = folder.resolve("pool");
    PoolBuild.run(
        BuildOptions.of(folder.resolve("in"), pool, LocalDate.of(2023, 4, 6)),
        BuildListener.SILENT);
    Marts marts = new Marts(new PoolLocation(pool, folder.resolve("in"), true));
    List<Figure> employed =
        new FiguresReader(marts, new Unreported(marts))
            .read(marts.snapshot(), new Question(Measure.EMPLOYED, "36", 6, "insured", null, null));
    assertThat(employed)
        .filteredOn(figure -> figure.region().equals("360121"))
        .extracting(Figure::part)
        .containsExactly(1.0, 1.0, null);
    assertThat(employed)
        .filteredOn(figure -> figure.region().equals("360722"))
        .extracting(Figure::part)
        .containsExactly(1.0, 1.0, 1.0);
    assertThat(employed)
        .filteredOn(figure -> figure.region().equals("36"))
        .extracting(Figure::part)
        .containsExactly(2.0, 2.0, null);
  }
}
