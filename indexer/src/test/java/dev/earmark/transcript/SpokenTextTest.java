package dev.earmark.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Cue;
import dev.earmark.model.TimedWord;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not speech goes, and what only looks so stays. */
class SpokenTextTest {
  private static String of(String text) {
    return OneLine.of(SpokenText.of(Cue.exact(0, 1_000, null, text, 0))).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "rock &amp; roll | rock & roll",
        "rock &amp;amp; roll | rock & roll",
        "it&#39;s | it's",
        "it&amp;#39;s &#x27;so&#x27; | it's 'so'",
        "a&nbsp;b | a b",
        "a&amp;nbsp;b | a b",
        "x &lt;y&gt; z | x <y> z",
        "AT&T; yes | AT&T; yes",
        "R&D and Q&A | R&D and Q&A",
        "[laughter] right | right",
        "so [Laughter] right | so right",
        "well (laughs) yes | well yes",
        "[MUSIC PLAYING] hello | hello",
        "[♪♪♪] hello | hello",
        "♪ la la ♪ | la la",
        ">> Good morning. | Good morning.",
        ">>> Next, the news. | Next, the news.",
        "- And you? >> Me too. | - And you? Me too.",
        "（笑い）そうです | そうです",
        "[inaudible 00:12:31] again | again",
        "[crosstalk 1:02:03] again | again",
        "[BLANK_AUDIO] so | so",
        "the (second) word | the (second) word",
        "[sic] the mil | [sic] the mil",
        "a [b c | a [b c",
        "2 >> 1 | 2 1",
        "if a > b then | if a > b then",
      })
  void textIsMadeSpeech(String written, String spoken) {
    assertThat(of(written)).isEqualTo(spoken);
  }

  @Test
  void invisibleMarksGo() {
    assertThat(of("co\u00ADope\u200Bra\u2060tion\uFEFF \u200Enow\u200F \u202Ax\u202C"))
        .isEqualTo("cooperation now x");
  }

  @Test
  void joinersThatSpellWordsStay() {
    // Persian and emoji need them: U+200C and U+200D.
    assertThat(of("می\u200Cخواهم 👩\u200D🔬")).isEqualTo("می\u200Cخواهم 👩\u200D🔬");
  }

  @Test
  void linesBecomeOneWithOneSpace() {
    assertThat(of("  one \n\n two\tthree\u00A0 four\u3000five "))
        .isEqualTo("one two three four five");
  }

  @ParameterizedTest
  @ValueSource(strings = {"今日 は\n潮汐 の 水車 です 。", "今日は潮汐 の水車\nです。", "今日 は 潮汐 の 水車 です。"})
  void japaneseHasNoSpacesBetweenItsMorphemes(String written) {
    assertThat(of(written)).isEqualTo("今日は潮汐の水車です。");
  }

  @Test
  void betweenJapaneseAndLatinTheSpaceStays() {
    assertThat(of("東京 Tower は 高い")).isEqualTo("東京 Tower は高い");
  }

  @Property(tries = 2_000)
  void whatNeedsNoWorkIsLeftAlone(@ForAll("lines") String text) {
    Cue cue = Cue.exact(0, 1, null, text, 0);
    String slowly = text.replaceAll("[\\s\u00A0\u3000]+", " ").strip();
    String unspaced = "[\u3000-\u30FF\u3400-\u9FFF]";
    slowly = slowly.replaceAll("(?<=" + unspaced + ") (?=" + unspaced + ")", "");
    assertThat(OneLine.of(cue).text()).isEqualTo(slowly);
    if (slowly.equals(text)) {
      assertThat(OneLine.of(cue)).isSameAs(cue);
    }
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.of("a", "b.", " ", "  ", "\n", "\u00A0", "\u3000", "今", "日", "é", "👩")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Test
  void koreanKeepsItsSpaces() {
    assertThat(of("물레방아는 다시 돌아간다")).isEqualTo("물레방아는 다시 돌아간다");
  }

  @Test
  void timedWordsMoveAlong() {
    String text = ">> it&amp;s [laughter] fine";
    Cue cue =
        Cue.exact(0, 1_000, null, text, 0)
            .withText(
                text,
                List.of(
                    new TimedWord(3, 11, 100, 200),
                    new TimedWord(12, 22, 200, 300),
                    new TimedWord(23, 27, 300, 400)));
    Cue clean = OneLine.of(SpokenText.of(cue));
    assertThat(clean.text()).isEqualTo("it&s fine");
    assertThat(clean.words())
        .as("the word of the laughter is gone, the others are where they stand now")
        .containsExactly(new TimedWord(0, 4, 100, 200), new TimedWord(5, 9, 300, 400));
  }

  @Test
  void manyOpenBracketsTakeLinearTime() {
    long start = System.nanoTime();
    of("[".repeat(300_000));
    of("&".repeat(300_000));
    of("(a ".repeat(300_000) + ")");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }
}
