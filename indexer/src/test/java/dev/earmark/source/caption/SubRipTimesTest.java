package dev.earmark.source.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of times that SubRip would not write: read where they are plain, else named. */
class SubRipTimesTest {
  private static final String WRITE = "write 00:01:02,000 --> 00:01:04,000";

  private final ProblemLog problems = new ProblemLog("talk.srt");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00:00:04,000 -> 00:00:06,000",
        "00:00:04,000 —> 00:00:06,000",
        "00:00:04,000 −−> 00:00:06,000",
        "00:00:04.000 --> 00:00:06.000",
        "00:00:04 --> 00:00:06",
        "00:04,000 --> 00:06,000",
        "4.0 --> 6.0"
      })
  void usualVariantsAreReadInSilence(String line) throws SourceException {
    assertThat(middleOf(line)).isEqualTo("4000 to 6000: The storm held us two days.");
    assertThat(problems.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00:00:04,000 → 00:00:06,000",
        "00:00:04,000 => 00:00:06,000",
        "00:00:04,000 --&gt; 00:00:06,000",
        "00:00:04,000 — 00:00:06,000",
        "00:00:04,000 - 00:00:06,000",
        "00:00:04,000 <-- 00:00:06,000",
        "00:00:04,000,00:00:06,000",
        "00:00:04,000 00:00:06,000",
        "00:00:04,000 to 00:00:06,000",
        "[00:00:04,000 --> 00:00:06,000]"
      })
  void anotherArrowIsReadAndNamed(String line) throws SourceException {
    assertThat(middleOf(line)).isEqualTo("4000 to 6000: The storm held us two days.");
    assertThat(said())
        .containsExactly(
            "talk.srt:6: notice: \"%s\" has no arrow --> between its times (read all the same; %s)"
                .formatted(line, WRITE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00:00:04,000 → 00:00:06,000", "00:00:04,000 00:00:06,000"})
  void aWholeFileOfThemIsStillSubRip(String line) throws SourceException {
    assertThat(read("1\n" + line + "\nThe storm held us two days.\n").cues()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00:00:04,000 -->              | has no end",
        "00:00:04,000 --> 00:00:O6,000 | has an end that is not a time, \"00:00:O6,000\"",
      })
  void aDamagedEndCostsOnlyTheEnd(String line, String fault) throws SourceException {
    assertThat(middleOf(line)).isEqualTo("4000 to 4000: The storm held us two days.");
    assertThat(said())
        .containsExactly(
            "talk.srt:6: warning: \"%s\" %s (it ends with the next caption; %s)"
                .formatted(line, fault, WRITE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--> 00:00:06,000                       | has no start",
        "00:0O:04,000 --> 00:00:06,000          | has a start that is not a time, \"00:0O:04,000\"",
        "00:00:04;000 --> 00:00:06;000          | has a start that is not a time, \"00:00:04;000\"",
        "00: 00: 04, 000 --> 00: 00: 06, 000    | has a start that is not a time, \"00: 00: 04,"
            + " 000\"",
        "00h00m04s --> 00h00m06s                | has a start that is not a time, \"00h00m04s\"",
      })
  void aDamagedStartIsNamed(String line, String fault) throws SourceException {
    assertThat(
            cues(
                "1\n00:00:01,000 --> 00:00:03,000\nThe winch was oiled.\n\n2\n"
                    + line
                    + "\nThe storm held us two days.\n"))
        .containsExactly("1000 to 3000: The winch was oiled.\n\nThe storm held us two days.");
    assertThat(said())
        .containsExactly(
            "talk.srt:6: warning: \"%s\" %s (the text below is added to the caption before; %s)"
                .formatted(line, fault, WRITE));
  }

  @Test
  void aDamagedFirstCaptionIsLeftOutAndNamedOnce() throws SourceException {
    assertThat(
            cues(
                "1\n00:0O:01,000 --> 00:00:03,000\nThe winch was oiled.\n\n2\n"
                    + "00:00:04,000 --> 00:00:06,000\nThe storm held us two days.\n"))
        .containsExactly("4000 to 6000: The storm held us two days.");
    assertThat(said())
        .containsExactly(
            "talk.srt:2: warning: \"00:0O:01,000 --> 00:00:03,000\" has a start that is not a time,"
                + " \"00:0O:01,000\" (the caption is left out; "
                + WRITE
                + ")");
  }

  @Test
  void aFileOfNothingElseFailsAndNamesEachLine() {
    assertThatThrownBy(() -> read("1\n00h00m01s --> 00h00m03s\nThe winch was oiled.\n"))
        .hasMessageContaining("there is no line like 00:00:01,000 --> 00:00:02,000");
    assertThat(said()).singleElement().asString().startsWith("talk.srt:2: warning: \"00h00m01s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "We go from 3 --> 4 knots.",
        "--> 6 knots: faster than that",
        "12:30 and 14:15 are the tides.",
        "00:00:04,000 was on the clock"
      })
  void whatIsSaidWithAnArrowOrATimeIsText(String said) throws SourceException {
    assertThat(middleOf("00:00:04,000 --> 00:00:06,000\n" + said))
        .isEqualTo("4000 to 6000: " + said + "\nThe storm held us two days.");
    assertThat(problems.problems()).isEmpty();
  }

  /** The second of three captions, whose times stand in line 6. */
  private String middleOf(String times) throws SourceException {
    List<String> cues =
        cues(
            "1\n00:00:01,000 --> 00:00:03,000\nThe winch was oiled.\n\n2\n"
                + times
                + "\n"
                + "The storm held us two days.\n\n"
                + "3\n"
                + "00:00:07,000 --> 00:00:09,000\n"
                + "We go out.\n");
    assertThat(cues).hasSize(3);
    return cues.get(1);
  }

  private List<String> cues(String text) throws SourceException {
    return read(text).cues().stream().map(SubRipTimesTest::line).toList();
  }

  private static String line(Cue cue) {
    Anchor.Exact at = (Anchor.Exact) cue.anchor();
    return at.at().start().millis() + " to " + at.at().end().millis() + ": " + cue.text();
  }

  private ParsedSource read(String text) throws SourceException {
    RawSource source = new RawSource("talk.srt", text.getBytes(StandardCharsets.UTF_8), null);
    return Formats.recognise(source).orElseThrow().read(source, problems);
  }

  private List<String> said() {
    return problems.problems().stream().map(Problem::describe).toList();
  }
}
