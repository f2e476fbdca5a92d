package dev.earmark.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.earmark.vector.EmbeddingModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are those that Hugging Face's tokenizers give for the same file. */
class WordPieceTokenizerTest {
  private static WordPieceTokenizer tokenizer;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in =
        WordPieceTokenizerTest.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
      tokenizer = new WordPieceTokenizer(in.readAllBytes(), "tokenizer.json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Why can't they just buy more chips? | 101 2339 2064 1005 1056 2027 2074 4965 2062 11772 1029 102
          naïve CAFÉ, Ångström | 101 15743 7668 1010 17076 15687 102
          compute\u00a0commitments\tof 2.5% | 101 24134 17786 1997 1016 1012 1019 1003 102
          🎧 so 🎧 | 101 100 2061 100 102
          日本語 の moment | 101 1864 1876 1950 1671 2617 102
          한국어 | 101 1469 30006 30021 29991 30014 30020 29999 30008 102
          ΣΊΣΥΦΟΣ | 101 1173 18199 29733 29735 29736 29730 29733 102
          İstanbul ß | 101 9960 1096 102
          don’t — “quote”… | 101 2123 1521 1056 1517 1523 14686 1524 1529 102
          e\u0301 co\u00adop\u200bzero | 101 1041 21859 6290 2080 102
          100,000 GPUs@AWS $3.50 | 101 2531 1010 2199 14246 2271 1030 22091 2015 1002 1017 1012 2753 102
          قال | 101 1292 25573 23673 102
          unbelievableness | 101 23653 2791 102
          a\u0007b\ufffdc | 101 5925 102
          ﬁne ½ | 101 1984 2638 1092 102
          𫦰 x | 101 100 1060 102
          नमस्ते | 101 1327 29867 29874 29859 102
          """)
  void givesTheNumbersOfTheModelsOwnTokenizer(String text, String expected) {
    assertThat(numbers(text, 128)).isEqualTo(expected);
  }

  @Test
  void whatSaysNothingIsItsTwoMarks() {
    assertThat(numbers("", 128)).isEqualTo("101 102");
    assertThat(numbers(" \t\n\u3000\u200b\u0007", 128)).isEqualTo("101 102");
  }

  @Test
  void aLongTextIsCutAtTheLimitAndNotReadBeyond() {
    String text = "compute commitments ".repeat(5_000);
    assertThat(tokenizer.tokens(text, 256)).hasSize(256).startsWith(101).endsWith(102);
    String longer = "so ".repeat(1 << 22);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 10_000; i++) {
            tokenizer.tokens(longer, 16);
          }
        });
    assertThat(tokenizer.tokens("unbelievableness".repeat(6), 5)).hasSize(5).endsWith(102);
  }

  @Test
  void aWordOfMoreThanAHundredLettersIsUnknown() {
    assertThat(numbers("a".repeat(101), 128)).isEqualTo("101 100 102");
    assertThat(tokenizer.tokens("a".repeat(100), 128).length).isGreaterThan(3);
  }

  @Test
  void theNameOfAMarkInATextIsReadAsWhatItSays() {
    assertThat(numbers("end [SEP] here", 128)).isEqualTo("101 2203 1031 19802 1033 2182 102");
  }

  @Test
  void anotherKindIsRefusedByName() {
    assertThatThrownBy(
            () -> new WordPieceTokenizer(bytes("{\"model\":{\"type\":\"Unigram\"}}"), "m/t.json"))
        .isInstanceOf(EmbeddingModelException.class)
        .hasMessage(
            "m/t.json is a tokenizer that is not understood: model is Unigram, must be WordPiece; take"
                + " a model of BERT's kind, such as MiniLM, BGE or E5 in English");
    assertThatThrownBy(() -> new WordPieceTokenizer(bytes("nothing"), "m/t.json"))
        .hasMessage(
            "m/t.json is no tokenizer: it is not JSON; take tokenizer.json of the same model");
    assertThatThrownBy(() ->
            new WordPieceTokenizer(
                bytes(
                    "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":1}},\"normalizer\":{\"type\":\"BertNormalizer\"},\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"}}"),
                "m/t.json"))
        .hasMessage("m/t.json has no piece [UNK]; take tokenizer.json of the same model");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String numbers(String text, int most) {
    StringBuilder numbers = new StringBuilder();
    for (long token : tokenizer.tokens(text, most)) {
      numbers.append(numbers.isEmpty() ? "" : " ").append(token);
    }
    return numbers.toString();
  }
}
