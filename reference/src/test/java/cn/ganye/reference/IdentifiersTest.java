package cn.ganye.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifiersTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

  /** 11010519491231002X is the example of GB 11643-1999 itself. */
  @ParameterizedTest
  @CsvSource({
    "11010519491231002X,",
    "11010519491231002x,",
    "１１０１０５１９４９１２３１００２Ｘ,",
    "110105491231002,",
    "110105194912310021,CHECKSUM",
    "11010519490230002X,DATE",
    "11010529491231002X,DATE",
    "99010519491231002X,PROVINCE",
    "1101051949123100,LENGTH",
    "1101051949123A002X,CHARACTER",
    "'',EMPTY"
  })
  void judges_resident_ids(String value, IdentifierFault fault) {
    long packed = ResidentId.pack(value, TODAY);
    assertThat(packed >= 0 ? null : ResidentId.fault(packed)).isEqualTo(fault);
  }

  @Test
  void converts_the_old_form_by_the_centuries_that_its_sequence_tells() {
    assertThat(ResidentId.parse("110105491231002", TODAY).orElseThrow().text())
        .isEqualTo("11010519491231002X");
    assertThat(ResidentId.parse("110105981231997", TODAY).orElseThrow().birthDay())
        .isEqualTo(18981231);
  }

  @Property
  void every_id_made_from_its_parts_is_valid_and_a_changed_digit_is_not(
      @ForAll @IntRange(min = 369900, max = 369999) int region,
      @ForAll @IntRange(min = 1, max = 998) int sequence,
      @ForAll @IntRange(min = 0, max = 9) int digit) {
    String text = ResidentId.of(region, 19800115, sequence).text();
    assertThat(ResidentId.parse(text, TODAY).map(ResidentId::text)).contains(text);
    if (text.charAt(16) - '0' != digit) {
      String changed = text.substring(0, 16) + digit + text.charAt(17);
      assertThat(ResidentId.parse(changed, TODAY)).isEmpty();
    }
  }

  /** 91350100M000100Y43 is the example of GB 32100-2015. */
  @ParameterizedTest
  @CsvSource({
    "91350100M000100Y43,",
    "91350100m000100y43,",
    "91350100M000100Y44,CHECKSUM",
    "91350100M000100Z43,CHARACTER",
    "91350100M000100X43,ORGANISATION",
    "91990100M000100Y43,PROVINCE",
    "9135010,LENGTH"
  })
  void judges_credit_codes(String value, IdentifierFault fault) {
    assertThat(CreditCode.fault(CreditCode.plain(value))).isEqualTo(fault);
  }

  @Property
  void every_credit_code_made_from_its_parts_is_valid(
      @ForAll @IntRange(min = 0, max = 99_999_999) int body) {
    CreditCode code = CreditCode.of("91", 369901, String.format("%08d", body));
    assertThat(CreditCode.fault(code.text())).isNull();
    assertThat(code.organisationCode()).hasSize(9);
  }
}
