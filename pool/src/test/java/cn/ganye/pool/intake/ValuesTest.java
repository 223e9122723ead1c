package cn.ganye.pool.intake;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.contract.Contracts;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  private static final Contracts CONTRACTS = Contracts.builtIn();

  private static long read(String dataset, String column, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Values(
            CONTRACTS.find(dataset).orElseThrow().column(column).orElseThrow(),
            CONTRACTS,
            "36",
            20260101,
            new HashMap<>(),
            false)
        .read(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "/", "—", "——", "无", "null", "NULL", "\\N"})
  void what_stands_for_nothing_is_nothing(String text) {
    assertThat(read("contribution", "kind", text)).isEqualTo(Values.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--", "无名", "nul", "———", "男女"})
  void what_is_no_word_of_the_list_is_refused(String text) {
    assertThat(read("contribution", "kind", text))
        .isEqualTo(Values.refused(RefusalReason.UNKNOWN_CODE));
  }
}
