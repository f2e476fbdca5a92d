package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionTest {
  @ParameterizedTest
  @CsvSource({
    "The crane is broken, ltr",
    "המנוף שבור שוב, rtl",
    "WebVTT הוא פורמט של כתוביות, rtl",
    "الرافعة معطلة مرة أخرى, rtl",
    "The word שלום means peace, ltr",
    "12 … 50 %, auto",
    "起重机坏了, ltr"
  })
  void mostLettersDecide(String text, String direction) {
    assertThat(Direction.of(List.of(new Run(text, false)))).isEqualTo(direction);
  }

  @ParameterizedTest
  @CsvSource({"WebVTT, הוא פורמט, rtl", "שלום, said he to me, ltr"})
  void allStretchesCount(String marked, String rest, String direction) {
    assertThat(Direction.of(List.of(new Run(marked, true), new Run(rest, false))))
        .isEqualTo(direction);
  }
}
