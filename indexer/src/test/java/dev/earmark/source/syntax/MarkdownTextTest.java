package dev.earmark.source.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "plain words; plain words",
        "some **bold** and *slanted* and __bold__ and _slanted_; some bold and slanted and bold and"
            + " slanted",
        "snake_case_name and 2 * 3 * 4; snake_case_name and 2 * 3 * 4",
        "a [link](https://example.org/a_(b)) here; a link here",
        "[**bold** link](https://example.org); bold link",
        "[![picture](a.png)](https://example.org); picture",
        "![picture](a.png); picture",
        "[laughs] and [x; [laughs] and [x",
        "\\[04:33\\] don\\'t; [04:33] don't",
        "<https://example.org>; https://example.org",
        "a <b>tag</b> and <strike>one</strike>; a tag and one",
        "1 < 2 and 3 > 2 <- 4; 1 < 2 and 3 > 2 <- 4",
        "`code` and ``a ` b``; code and a ` b",
        "{{< childpages >}} text {x}; text {x}",
        "> quoted; quoted",
        "* item; item",
        "C++ and ~5 and ~~gone~~; C++ and ~5 and gone",
      })
  void takesTheMarkupOut(String markdown, String plain) {
    assertThat(MarkdownText.plain(markdown)).isEqualTo(plain);
  }

  @Test
  void readsCharacterReferences() {
    assertThat(MarkdownText.plain("That&#39;s &amp; more &quot;x&quot; AT&T"))
        .isEqualTo("That's & more \"x\" AT&T");
  }

  @Test
  void keepsLineBreaks() {
    assertThat(MarkdownText.plain("- one\n- *two*\n  three")).isEqualTo("one\ntwo\nthree");
  }
}
