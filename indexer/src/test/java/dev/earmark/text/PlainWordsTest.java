package dev.earmark.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said and what is printed come to the same words. */
class PlainWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a trillion dollars | $1 trillion",
        "ten X | 10x",
        "twenty twenty-six | 2026",
        "nineteen eighty four | 1984",
        "two thousand and nineteen | 2019",
        "two hundred thousand and five | 200,005",
        "one point | 1 point",
        "ninety percent | 90%",
        "forty five bucks | $45",
        "three and a half | 3 and a half",
        "um I mean it's it's, you know, fine | It is fine",
        "gonna | going to",
        "we’re here | we are here",
        "the companies | The company",
        "don’t | do not"
      })
  void bothAreTheSame(String said, String printed) {
    WordNumbers vocabulary = new WordNumbers();
    assertThat(PlainWords.of(printed, vocabulary).numbers())
        .isEqualTo(PlainWords.of(said, vocabulary).numbers());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"ten | eleven", "a hundred | a thousand", "2026 | 2027", "can | can't"})
  void theseAreNot(String one, String other) {
    WordNumbers vocabulary = new WordNumbers();
    assertThat(PlainWords.of(one, vocabulary).numbers())
        .isNotEqualTo(PlainWords.of(other, vocabulary).numbers());
  }
}
