package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.ganye.engine.Functions;
import cn.ganye.engine.Step;
import cn.ganye.engine.Steps;
import cn.ganye.pool.derivation.ColumnMeaning;
import cn.ganye.pool.derivation.Derivation;
import cn.ganye.pool.derivation.Precedence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepsTest {
  static Stream<Step> steps() {
    List<Step> steps = new ArrayList<>(Derivation.steps(null).ordered());
    steps.addAll(Steps.resources(Flows.class, "flows"));
    return steps.stream();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void every_step_is_one_select_that_sparks_parser_reads(Step step) {
    assertThat(new CatalystSqlParser().parsePlan(step.sql())).isNotNull();
    assertThat(step.sql()).doesNotContain("//").doesNotContain(" ASOF ").doesNotContain(";");
    assertThat(step.question()).isNotBlank();
  }

  /**
   * Any throwable: Spark words its refusals through a Jackson 2 that this class path does not hold.
   */
  @Test
  void sparks_parser_would_refuse_what_it_cannot_read() {
    assertThatThrownBy(() -> new CatalystSqlParser().parsePlan("SELECT a // b FROM t"))
        .isInstanceOf(Throwable.class);
  }

  @Test
  void every_line_of_the_precedence_speaks_of_what_is_listed_and_has_a_reason() {
    var contracts = cn.ganye.pool.contract.Contracts.builtIn();
    for (Precedence line : Precedence.document()) {
      assertThat(contracts.list("evidence").index(line.evidence())).as(line.evidence()).isNotNull();
      assertThat(contracts.list("basis").index(line.basis())).as(line.basis()).isNotNull();
      assertThat(line.dataset().isEmpty() || contracts.find(line.dataset()).isPresent())
          .as(line.dataset())
          .isTrue();
      assertThat(line.reason()).isNotBlank();
    }
    assertThat(Precedence.document().stream().map(Precedence::basis).distinct())
        .containsExactlyInAnyOrderElementsOf(contracts.list("basis").codes());
    assertThat(Functions.ALL).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void every_published_column_has_a_meaning_and_a_source_and_no_line_is_idle() {
    List<Step> marts =
        Derivation.steps(null).ordered().stream().filter(s -> s.publication() != null).toList();
    List<ColumnMeaning> used = new ArrayList<>();
    for (Step mart : marts) {
      for (String column : mart.columns()) {
        ColumnMeaning meaning = ColumnMeaning.of(mart.name(), column).orElse(null);
        assertThat(meaning).as("%s.%s", mart.name(), column).isNotNull();
        assertThat(meaning.definition()).isNotBlank();
        assertThat(meaning.source()).isNotBlank();
        used.add(meaning);
      }
    }
    assertThat(used).containsAll(ColumnMeaning.all());
  }
}
