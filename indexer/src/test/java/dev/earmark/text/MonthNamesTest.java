package dev.earmark.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonthNamesTest {

  @ParameterizedTest
  @CsvSource({
    "March, 3",
    "MARCH, 3",
    "Mar, 3",
    "Sept, 9",
    "Sep, 9",
    "März, 3",
    "Okt., 10",
    "août, 8",
    "aout, 8",
    "diciembre, 12",
    "Marching, 0",
    "mar del, 0",
    "4, 0",
  })
  void areToldByNameInAnyCase(String word, int number) {
    assertThat(MonthNames.number(word)).isEqualTo(number);
  }
}
