package cn.ganye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The house's arrows run one way. A rule that matches nothing fails (ArchUnit's default), and each
 * has a broken sample.
 */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("cn.ganye");

  /** A room and the rooms it may not know. */
  record Arrow(String room, List<String> closed) {
    ArchRule rule() {
      String[] packages = closed.stream().map(c -> "cn.ganye." + c + "..").toArray(String[]::new);
      return ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("cn.ganye." + room + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages);
    }
  }

  static Stream<Arrow> arrows() {
    return Stream.of(
        new Arrow("reference", List.of("engine", "pool", "synth", "server", "bench", "cli")),
        new Arrow("engine", List.of("reference", "pool", "synth", "server", "bench", "cli")),
        new Arrow(
            "statistics",
            List.of("reference", "engine", "pool", "synth", "server", "bench", "cli")),
        new Arrow("pool", List.of("statistics", "synth", "server", "bench", "cli")),
        new Arrow("synth", List.of("engine", "pool", "server", "bench", "cli")),
        new Arrow("server", List.of("synth", "bench", "cli")),
        new Arrow("bench", List.of("server", "cli")));
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void arrows_run_down_the_floors(Arrow arrow) {
    arrow.rule().check(HOUSE);
  }

  /** The same rules turned round must fail on the same house: they can fail. */
  @Test
  void a_rule_fails_on_a_house_that_breaks_it() {
    for (Arrow broken :
        List.of(
            new Arrow("pool", List.of("engine")),
            new Arrow("synth", List.of("reference")),
            new Arrow("server", List.of("pool")),
            new Arrow("bench", List.of("pool")),
            new Arrow("cli", List.of("synth")))) {
      assertThat(broken.rule().evaluate(HOUSE).hasViolation()).as("%s", broken).isTrue();
    }
  }

  @Test
  void libraries_are_free_of_spring() {
    assertThat(springless("cn.ganye.server..").evaluate(HOUSE).hasViolation()).isTrue();
    springless(
            "cn.ganye.reference..",
            "cn.ganye.engine..",
            "cn.ganye.statistics..",
            "cn.ganye.pool..",
            "cn.ganye.synth..")
        .check(HOUSE);
  }

  private static ArchRule springless(String... rooms) {
    return ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..");
  }

  @Test
  void a_cluster_is_known_by_its_interface_alone() {
    without("org.apache.spark..").check(HOUSE);
    assertThat(without("org.duckdb..").evaluate(HOUSE).hasViolation()).isTrue();
  }

  private static ArchRule without(String library) {
    return ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("cn.ganye..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  @Test
  void time_is_passed_in() {
    ArchRule rule =
        ArchRuleDefinition.noClasses()
            .that()
            .resideInAnyPackage(
                "cn.ganye.reference..", "cn.ganye.engine..", "cn.ganye.pool..", "cn.ganye.synth..")
            .should()
            .callMethod(java.time.LocalDate.class, "now")
            .orShould()
            .callMethod(java.time.Instant.class, "now");
    rule.check(HOUSE);
    ArchRule broken =
        ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage("cn.ganye.cli..")
            .should()
            .callMethod(java.time.LocalDate.class, "now", java.time.Clock.class);
    assertThat(broken.evaluate(HOUSE).hasViolation()).isTrue();
  }
}
