package dev.earmark.source.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.source.head.LineHead;
import dev.earmark.text.Quotations;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignsTest {
  private static final String SIGNS =
      "abc XYZ .,:;?!-–—+*_=~`'\"“”„«»‹›‘’‚「『#>|<&[]{}()\\0123456789٣०٢üжש漢\n\t";

  /** What is not noted may be left unlooked for, so it has to be nowhere. */
  @Test
  void missesNothingThatALookWouldFind() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder written = new StringBuilder();
      int length = random.nextInt(12);
      for (int c = 0; c < length; c++) {
        written.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
      }
      String text = written.toString();
      Signs signs = Signs.of(text);
      String about = "seed " + seed + ": " + text;
      assertThat(signs.hasDigit()).as(about).isEqualTo(LineHead.hasDigit(text));
      assertThat(signs.hasQuotationMark()).as(about).isEqualTo(Quotations.hasMark(text));
      assertThat(signs.hasQuoteSign()).as(about).isEqualTo(text.indexOf('>') >= 0);
      assertThat(signs.hasHash()).as(about).isEqualTo(text.indexOf('#') >= 0);
      if (!signs.hasMarkup()) {
        assertThat(MarkdownText.plain(text)).as(about).isEqualTo(text.strip());
      }
    }
  }

  @Test
  void addsTheSignsOfTwoTexts() {
    Signs both = Signs.of("one 1").and(Signs.of("# two"));
    assertThat(both.hasDigit()).isTrue();
    assertThat(both.hasHash()).isTrue();
    assertThat(both.hasQuotationMark()).isFalse();
  }
}
