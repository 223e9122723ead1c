package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cn.ganye.cli.CommandsTest.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Estimates against R's {@code survey} 4.1-1, on its data of Californian schools (the Academic
 * Performance Index of 2000; Lumley, JSS 9 (2004), prints the first of them: 662.29 and 9.4089,
 * 644.17 and 23.542, 670.81 and 30.099 with two stages). The rows below are what R 4.2.2 gives to
 * fifteen digits; raked with {@code control = list(epsilon = 1e-12, maxit = 200)}, since R's own
 * bound leaves the margins off by up to one school.
 */
class SurveyCommandTest {
  @TempDir Path folder;

  private static Ran estimate(String arguments) {
    List<String> all = new ArrayList<>(List.of("survey", "estimate"));
    for (String argument : arguments.strip().split(" ")) {
      all.add(
          argument.endsWith(".csv") && !argument.startsWith("/")
              ? String.join(
                  ",", List.of(argument.split(",")).stream().map(SurveyCommandTest::of).toList())
              : argument);
    }
    return CommandsTest.run(all.toArray(String[]::new));
  }

  private static String of(String file) {
    try {
      return Path.of(SurveyCommandTest.class.getResource("/survey/" + file).toURI()).toString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
    --data strat.csv --strata stype --weights pw --fpc fpc --mean api00 |  | 6.62287363159321e+02 | 9.40894080278458e+00 | 6.43732188272086e+02
    --data strat.csv --strata stype --weights pw --fpc fpc --total enroll |  | 3.68717753243828e+06 | 1.14641716100780e+05 | 3.46109500771954e+06
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --mean api00 |  | 6.44169398907104e+02 | 2.35422406937810e+01 | 5.93676314463326e+02
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --total enroll |  | 3.40494013452911e+06 | 9.32235027041215e+05 | 1.40549485852042e+06
    --data clus2.csv --cluster dnum,snum --fpc fpc1,fpc2 --mean api00 |  | 6.70811808118081e+02 | 3.00990273768366e+01 | 6.09930778741016e+02
    --data clus2.csv --cluster dnum,snum --fpc fpc1,fpc2 --total enroll |  | 2.63927293000000e+06 | 7.99637773648358e+05 | 1.02185286592306e+06
    --data clus2.csv --cluster dnum,snum --weights pw --mean api00 |  | 6.70811808118081e+02 | 3.07115763093288e+01 | 6.08691781577186e+02
    --data clus2.csv --cluster dnum,snum --fpc fpc1,fpc2 --ratio api.stu/enroll |  | 8.19737042125461e-01 | 1.88505633126712e-02 | 7.81608178875343e-01
    --data strat.csv --strata stype --weights pw --fpc fpc --ratio api.stu/enroll |  | 8.36956886940522e-01 | 7.75710316663788e-03 | 8.21659266422738e-01
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --mean api00 --by stype | M | 6.31440000000000e+02 | 3.16094652272455e+01 | 5.63644439768403e+02
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --mean api00 --where api99>600 |  | 7.24494949494950e+02 | 8.31968769015013e+00 | 7.06650994089482e+02
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --poststrata stype --totals pt.csv --mean api00 |  | 6.42310788211582e+02 | 2.39204864450904e+01 | 5.91006447315634e+02
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --poststrata stype --totals pt.csv --total enroll |  | 3.68089294511905e+06 | 4.06292636294802e+05 | 2.80948190739493e+06
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --poststrata stype --totals pt.csv --mean api00 --where api99>600 |  | 7.22138755513483e+02 | 8.70585431803067e+00 | 7.03466555065219e+02
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --rake stype,sch.wide --totals pt.csv,sw.csv --mean api00 |  | 6.41230320926820e+02 | 2.37036168879225e+01 | 5.90391118970100e+02
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --rake stype,sch.wide --totals pt.csv,sw.csv --total enroll |  | 3.64728014806521e+06 | 4.00603256861970e+05 | 2.78807161561114e+06
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --calibrate stype,api99 --totals cal.csv --mean api00 |  | 6.65309071165780e+02 | 3.44175311640481e+00 | 6.57927244898615e+02
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --calibrate stype,api99 --totals cal.csv --total enroll |  | 3.63848720413188e+06 | 3.85524427352479e+05 | 2.81161954447915e+06
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --calibrate stype,api99 --totals cal.csv --bounds 0.2,2.5 --mean api00 |  | 6.65309071165615e+02 | 3.44175311640435e+00 | 6.57927244898452e+02
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --replicates jk1 --mean api00 |  | 6.44169398907104e+02 | 2.63293605895276e+01 | 5.87698536813297e+02
    --data strat.csv --strata stype --weights pw --fpc fpc --replicates jkn --mean api00 |  | 6.62287363159321e+02 | 9.40894080278461e+00 | 6.43732188272086e+02
    --data strat.csv --strata stype --weights pw --fpc fpc --replicates jkn --ratio api.stu/enroll |  | 8.36956886940522e-01 | 7.77250903998768e-03 | 8.21628884822908e-01
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --replicates jk1 --mean api00 --by stype | H | 6.18571428571429e+02 | 4.63441217451860e+01 | 5.19173173189112e+02
    --data clus1.csv --cluster dnum --weights pw --fpc fpc --poststrata stype --totals pt.csv --replicates jk1 --mean api00 |  | 6.42310788211582e+02 | 2.69345353674260e+01 | 5.84541955310276e+02
    --data lonely.csv --strata h --weights w --mean api00 --fpc N --lonely adjust |  | 6.72067878564543e+02 | 1.26038593355170e+01 | 6.47052706708084e+02
    --data lonely.csv --strata h --weights w --mean api00 --lonely adjust |  | 6.72067878564543e+02 | 1.27754463864500e+01 | 6.46712153909677e+02
    --data lonely.csv --strata h --weights w --mean api00 --fpc N --lonely adjust --replicates jkn |  | 6.72067878564543e+02 | 1.25529021706609e+01 | 6.47153842574667e+02
    --data lonely.csv --strata h --weights w --mean api00 --fpc N --lonely certainty |  | 6.72067878564543e+02 | 1.23695396803359e+01 | 6.47517766360661e+02
    --data lonely.csv --strata h --weights w --mean api00 --lonely certainty |  | 6.72067878564543e+02 | 1.25399306853754e+01 | 6.47179587382271e+02
    --data lonely.csv --strata h --weights w --mean api00 --fpc N --lonely certainty --replicates jkn |  | 6.72067878564543e+02 | 1.23695396803359e+01 | 6.47517766360661e+02
    --data lonely.csv --strata h --weights w --mean api00 --fpc N --lonely average |  | 6.72067878564543e+02 | 1.42831141283874e+01 | 6.43719850785449e+02
    --data lonely.csv --strata h --weights w --mean api00 --lonely average |  | 6.72067878564543e+02 | 1.44798647136415e+01 | 6.43329355337033e+02
    --data lonely.csv --strata h --weights w --mean api00 --fpc N --lonely average --replicates jkn |  | 6.72067878564543e+02 | 1.24312335277895e+01 | 6.47395321151185e+02
    """)
  void gives_what_r_gives(
      String arguments, String domain, double estimate, double standardError, double lower) {
    Ran ran = estimate(arguments);
    assertThat(ran.status()).as(ran.err()).isZero();
    String[] cells =
        ran.out()
            .lines()
            .skip(1)
            .map(line -> line.split(",", -1))
            .filter(line -> line[1].equals(domain == null ? "" : domain))
            .findFirst()
            .orElseThrow();
    assertThat(Double.parseDouble(cells[2])).isCloseTo(estimate, within(estimate * 1e-9));
    assertThat(Double.parseDouble(cells[3])).isCloseTo(standardError, within(standardError * 1e-9));
    assertThat(Double.parseDouble(cells[4])).isCloseTo(lower, within(estimate * 1e-9));
  }

  @Test
  void the_bootstrap_gives_the_linearised_error_within_chance() {
    for (String design :
        List.of(
            "--data clus1.csv --cluster dnum --weights pw --fpc fpc --mean api00",
            "--data strat.csv --strata stype --weights pw --fpc fpc --mean api00")) {
      double linear = error(estimate(design));
      double made = error(estimate(design + " --replicates bootstrap --count 4000 --seed 7"));
      assertThat(made / linear).isCloseTo(1, within(0.06));
      assertThat(error(estimate(design + " --replicates bootstrap --count 4000 --seed 7")))
          .isEqualTo(made);
    }
  }

  private static double error(Ran ran) {
    assertThat(ran.status()).as(ran.err()).isZero();
    return Double.parseDouble(ran.out().lines().toList().get(1).split(",")[3]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
    --weights w --mean nothing | data.csv:1: there is no column 'nothing'
    --weights w --mean text | data.csv:2: column 'text': 'x' is no number
    --weights negative --mean y | data.csv:3: column 'negative': the weight -1.0 is negative
    --weights gap --mean y | data.csv:4: column 'gap' is empty
    --weights w --strata alone --mean y | data.csv:2: a stratum has only one sampled cluster
    --weights w --cluster one --mean y | one-cluster
    --weights w --mean y --where y>99 | domain-empty
    --fpc small --strata text --mean y | data.csv:4: 2 clusters were sampled of 1.0
    --fpc varies --mean y | data.csv:5: the size of the population differs
    --weights w --mean y --poststrata text --totals few.csv | data.csv:4: text has the category 'z'
    --weights w --mean y --poststrata text --totals more.csv | category-not-sampled
    --weights w --mean y --rake text,alone --totals fit.csv,unfit.csv | margins-differ
    --weights w --mean y --rake cross,other --totals half.csv,skew.csv | raking-not-converged
    --weights w --mean y --calibrate y --totals far.csv --bounds 0.9,1.1 | calibration-infeasible
    --weights w --mean y --calibrate y,twice --totals twice.csv | variables-dependent
    --weights w --mean y --bounds 0.9,1.1 | --bounds goes with --calibrate
    --weights w --mean y --replicates jkn | jkn-without-strata
    --weights w --mean y --where y>>3 | is no number
    """)
  void bad_input_is_told_and_nothing_is_printed(String arguments, String told) throws Exception {
    write(
        "data.csv",
        "text,y,w,negative,gap,alone,one,small,varies,cross,other,twice",
        "x,1,1,1,1,a,k,2,9,p,q,2",
        "x,2,1,-1,2,b,k,2,9,p,q,4",
        "z,NA,1,1,,b,k,1,9,r,s,6",
        "z,4,1,1,3,b,k,1,8,r,s,8");
    write("few.csv", "category,total", "x,10");
    write("more.csv", "category,total", "x,10", "z,5", "v,3");
    write("fit.csv", "category,total", "x,10", "z,10");
    write("unfit.csv", "category,total", "a,10", "b,20");
    write("half.csv", "category,total", "p,10", "r,10");
    write("skew.csv", "category,total", "q,5", "s,15");
    write("far.csv", "variable,total", "y,90");
    write("twice.csv", "variable,total", "y,9", "twice,18");
    List<String> all = new ArrayList<>(List.of("survey", "estimate", "--data", path("data.csv")));
    for (String argument : arguments.strip().split(" ")) {
      all.add(
          argument.endsWith(".csv")
              ? String.join(",", List.of(argument.split(",")).stream().map(this::path).toList())
              : argument);
    }
    if (arguments.contains("twice") || arguments.contains("far.csv")) {
      Files.writeString(
          folder.resolve("data.csv"),
          Files.readString(folder.resolve("data.csv")).replace("NA", "3"));
    }
    Ran ran = CommandsTest.run(all.toArray(String[]::new));
    assertThat(ran.status()).as(ran.out()).isEqualTo(2);
    assertThat(ran.err()).contains(told).doesNotContain("\tat ");
    assertThat(ran.out()).isEmpty();
  }

  private void write(String name, String... lines) throws Exception {
    Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void the_help_shows_what_it_prints() throws Exception {
    write(
        "s.csv",
        "region,school,weight,score",
        "north,a,10,61",
        "north,b,10,67",
        "south,c,20,70",
        "south,d,20,58");
    String printed =
        estimate(
                "--data "
                    + path("s.csv")
                    + " --strata region --cluster school --weights weight --mean score")
            .out();
    assertThat(CommandsTest.run("survey", "estimate", "--help").out())
        .contains(printed.lines().toList());
  }
}
