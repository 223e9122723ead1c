package cn.ganye.pool;

import cn.ganye.pool.query.QuerySession;
import cn.ganye.reference.CreditCode;
import cn.ganye.reference.ResidentId;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder of hand-made files, and a pool built from it. */
final class Sample {
  static final String CONTRIBUTION = "社会保障号码,姓名,单位编号,结算期,对应费款所属期,险种类型,缴费类型,缴费基数";
  static final String RESIDENT = "公民身份号码,姓名,性别,出生日期,户籍区划,常住区划,文化程度";

  final Path in;
  final Path pool;

  Sample(Path folder) throws IOException {
    in = Files.createDirectories(folder.resolve("in"));
    pool = folder.resolve("pool");
  }

  /** The same files and the same pool in another folder. */
  Sample copy(Path folder) throws IOException {
    Path from = pool.resolveSibling(".").normalize();
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, folder.resolve(from.relativize(path)));
      }
    }
    return new Sample(folder);
  }

  /** An adult of the given number; odd numbers are men. */
  static String id(int number) {
    return ResidentId.of(369900, 19850307, number).text();
  }

  static String creditCode(int number) {
    return CreditCode.of("91", 369900, String.format("%08d", number)).text();
  }

  static String contribution(int person, String unit, int month) {
    return id(person) + ",张三," + unit + "," + month + "," + month + ",企业职工基本养老保险,正常,5000.00";
  }

  Sample file(String name, String... lines) throws IOException {
    Files.createDirectories(in.resolve(name).getParent());
    Files.writeString(in.resolve(name), String.join("\n", lines) + "\n");
    return this;
  }

  Sample file(String name, Charset charset, String text) throws IOException {
    Files.write(in.resolve(name), text.getBytes(charset));
    return this;
  }

  /** Residents 1…n of 南昌县, and one enterprise U1 in it. */
  Sample people(int n) throws IOException {
    List<String> lines = new ArrayList<>(List.of(RESIDENT));
    for (int i = 1; i <= n; i++) {
      lines.add(id(i) + ",张三,男性,1985-03-07,360121,360121,初级中学教育");
    }
    file("resident_360100__20230105.csv", lines.toArray(String[]::new));
    file(
        "enterprise_360100__20230105.csv",
        "统一社会信用代码,企业名称,行业代码,行政区划",
        creditCode(1) + ",甲公司,39,360121");
    return file(
        "insured-unit_360100__20230105.csv",
        "单位编号,单位名称,统一社会信用代码,统筹区",
        "U1,甲公司," + creditCode(1) + ",360121");
  }

  Sample month(int month, int... persons) throws IOException {
    List<String> lines = new ArrayList<>(List.of(CONTRIBUTION));
    Arrays.stream(persons).forEach(person -> lines.add(contribution(person, "U1", month)));
    return file("contribution_360100_" + month + ".csv", lines.toArray(String[]::new));
  }

  BuildOptions options() {
    return new BuildOptions(
        in, pool, null, "36", LocalDate.of(2026, 1, 1), 512L << 20, 2, 1098, null);
  }

  BuildReport build() throws Exception {
    return PoolBuild.run(options(), BuildListener.SILENT);
  }

  /** Rows of a query, cells joined by {@code |}, NULL as {@code null}. */
  List<String> query(String sql) {
    try (QuerySession session = Pool.at(pool).query()) {
      return session.rows(sql).stream()
          .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining("|")))
          .toList();
    }
  }

  /**
   * Everything that marts say, but for what follows from the order in which persons and enterprises
   * got their numbers.
   */
  List<String> figures(List<String> marts) {
    List<String> figures = new ArrayList<>();
    for (String mart : marts) {
      String columns =
          String.join(
              ", ",
              query(
                  "SELECT column_name FROM information_schema.columns WHERE table_name = '"
                      + mart
                      + "' AND column_name NOT IN ('cell_key', 'enterprise') ORDER BY ordinal_position"));
      query("SELECT " + columns + " FROM " + mart + " ORDER BY ALL")
          .forEach(row -> figures.add(mart + " " + row));
    }
    return figures;
  }
}
