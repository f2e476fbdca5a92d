package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not understood is said. */
class UnreadTest {
  private static final String[] SAID = {
    "Good morning all of you out there.", "The crane is broken again today.",
    "Then we wait for the evening tide.", "Nobody told me about that at all.",
    "It was written on the board.", "I never read it in the morning.",
    "You should, it is there for you.", "Who is going to repair the thing?"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00.01.%02d %s\n\n",
        "%d'12 %s\n\n",
        "~12h%02d~ %s\n\n",
        "%2$s @ 00.01.%1$02d\n\n"
      })
  void timesThatNoFormatReads(String form) throws SourceException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SAID.length; i++) {
      text.append(form.formatted(10 + i, SAID[i]));
    }
    assertThat(problems("t.txt", text.toString()))
        .filteredOn(problem -> problem.code().equals("times-not-read"))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.message()).startsWith("8 of 8 lines").contains("none was read");
          assertThat(problem.remedy()).contains("parse --explain", "--format ID");
        });
  }

  @Test
  void timesLeftInCaptions() throws SourceException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SAID.length; i++) {
      text.append(
          "%d\n00:00:%02d,000 --> 00:00:%02d,000\n(12:%02d) %s\n\n"
              .formatted(i + 1, 10 + i, 11 + i, i, SAID[i]));
    }
    assertThat(problems("t.srt", text.toString()))
        .extracting(Problem::message)
        .containsExactly("8 of 8 paragraphs begin with something like a time that was not read");
  }

  @Test
  void headsThatAreNoNames() throws SourceException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      text.append(i % 4 == 0 ? "the one at the crane who speaks first: " : "")
          .append(SAID[i % 8])
          .append("\n\n");
      text.append(i % 4 == 1 ? "the one by the door of the harbour office: " : "")
          .append(SAID[i % 7])
          .append("\n\n");
    }
    assertThat(problems("t.txt", text.toString()))
        .filteredOn(problem -> problem.code().equals("speakers-not-read"))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.message())
                .contains("no speaker was found although 8 lines begin alike"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00:00:12 Ada: Good morning.\n\n00:00:20 Ben: So it is.\n\n00:00:31 Ada: Yes.\n",
        "0:00 Intro\n1:30 The crane\n5:10 The tide\n12:05 Questions\n",
        "A text.\n\nWith two paragraphs, and the time 12:30 in one of them.\n\nAnd a third.\n",
        "---\ndate: 2024-03-12\ntitle: 12:30\n---\nThe text: nothing more.\n",
        "1. One\n2. Two\n3. Three\n12. Twelve\n",
        "2024-03-12 we met.\n\n2024-03-13 we met again.\n\n2024-03-14 and again.\n",
      })
  void whatIsUnderstoodIsNotReported(String text) throws SourceException {
    assertThat(problems("t.md", text))
        .extracting(Problem::code)
        .doesNotContain("times-not-read", "speakers-not-read");
  }

  private static List<Problem> problems(String name, String text) throws SourceException {
    RawSource source = RawSource.ofText(name, text);
    ProblemLog log = new ProblemLog(name);
    ParsedSource read = Formats.recognise(source).orElseThrow().read(source, log);
    Unread.report(source, read, log);
    return log.problems();
  }
}
