package dev.earmark.source.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.model.ProblemLog;
import dev.earmark.source.Formats;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Element names that nobody wrote are found before a parser meets them. */
class XmlHeadTest {
  @ParameterizedTest
  @ValueSource(strings = {"<b", "<b\0", "</b<", "<öö"})
  void namesThatAreTooLongAreFound(String begin) {
    String last = begin.substring(begin.length() - 1);
    assertThat(XmlHead.longName("<p>a</p>\n" + begin + last.repeat(2_000))).isEqualTo(9);
    assertThat(XmlHead.longName(begin + last.repeat(900) + ">")).isEqualTo(-1);
  }

  @Test
  void whatIsNoNameMayBeLong() {
    String row = "<".repeat(5_000) + "1 <" + "-".repeat(5_000) + " a<b c";
    assertThat(XmlHead.longName(row)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"feed-item", "ohms", "tei", "elan", "podlove-xml", "matroska-chapters"})
  void suchASourceIsRefusedWithItsLine(String format) {
    String text = "<a>\n" + "<b".repeat(2_000);
    assertThatThrownBy(() ->
            Formats.byId(format)
                .orElseThrow()
                .read(RawSource.ofText("a.xml", text), new ProblemLog("a.xml")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("an element name has more than 1000 characters");
  }
}
