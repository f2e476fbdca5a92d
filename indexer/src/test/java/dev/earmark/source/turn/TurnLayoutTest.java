package dev.earmark.source.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Cue;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no head of a turn, and which documents are no transcripts. */
class TurnLayoutTest {
  private static final String TALK =
      """
      Ada Quist: Good morning all of you out there.

      Ben Orr: The crane is broken again today.

      Ada Quist: Then we wait for the evening tide.

      %s

      Ben Orr: Nobody told me about that at all.

      Ada Quist: It was written on the board.

      Ben Orr: I never read the board in the morning.
      """;

  /** Found by a stranger: such a line ended the reading of a whole folder. */
  @ParameterizedTest
  @ValueSource(
      strings = {"The  Chair: we begin now.", "THE \u00A0 CHAIR: begin", "## N\n\n* The  nd: is"})
  void anOfficeBehindTwoBlanksIsRead(String text) throws SourceException {
    for (String name : List.of("t.txt", "t.md")) {
      RawSource source = RawSource.ofText(name, text);
      ParsedSource read =
          Formats.recognise(source).orElseThrow().read(source, new ProblemLog(name));
      assertThat(read.cues().size() + read.moments().size()).as(name).isPositive();
    }
  }

  /** What tools and sites write above, below and between the turns. */
  @Test
  void pagesAndExportsAreNotSpeech() throws SourceException {
    RawSource source =
        RawSource.ofText(
            "t.txt",
            """
            Speaker 1:\tThis transcript was exported on Mar 04, 2024 - view latest version here.

            Page 1 of 2

            Ada Quist (00:03):
            Good morning all of you.

            Ben Orr (00:12):
            The crane is broken.

            Page 2 of 2

            Ada Quist (00:21):
            Then we wait.

            Ben Orr (00:30):
            Fine.

            © 2024 Harbour Hours. All rights reserved.
            """);
    ProblemLog problems = new ProblemLog("t.txt");
    List<Cue> cues = Formats.recognise(source).orElseThrow().read(source, problems).cues();
    assertThat(cues)
        .extracting(cue -> cue.speaker() + ": " + cue.text())
        .containsExactly(
            "Ada Quist: Good morning all of you.",
            "Ben Orr: The crane is broken.",
            "Ada Quist: Then we wait.",
            "Ben Orr: Fine.");
    assertThat(problems.counts()).containsOnlyKeys("not-speech").containsEntry("not-speech", 4);
  }

  /** A line in the middle of a talk, which says nothing of who speaks and when. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "We start at 12:30 and go on.",
        "The ratio is 3:10, so they say.",
        "https://example.org/a:b",
        "Note: this is one.",
        "One thing to say: nothing.",
        "Well, Ada: no.",
        "# Ada: a heading",
        "    Ada: code",
        "**Important** thing to know here.",
        "**[see](https://example.org)** here.",
        "12:30 was the time.",
        "Start time: 6:09:50 or so.",
        "Harbour rules: https://harbour.example/rules",
        "Harbour Rules: <https://harbour.example/rules>",
        "Place: the old harbour",
        "Fecha: 23 de abril de 2021",
        "Remember: a rope forgives you once.",
        "The rule is this: never stand behind a rope.",
        "I said to him: go home.",
        "He came at 10:15. Nobody else did.",
        "Psalm 23:4 was read.",
        "We won 21:19 in the end.",
        "It takes 2 minutes 30 seconds to tie one.",
      })
  void leavesSentencesAlone(String line) throws SourceException {
    ParsedSource read = read("t.txt", TALK.formatted(line));
    assertThat(speakers(read)).containsExactly("Ada Quist", "Ben Orr");
    assertThat(read.cues()).as("no line of this talk has a time").isEmpty();
    String kept = line.startsWith("http") ? "Nobody told me" : lastWord(line);
    assertThat(read.moments())
        .extracting(Moment::toString)
        .anyMatch(moment -> moment.contains(kept));
  }

  private static String lastWord(String line) {
    String[] words = line.split("[^\\p{L}\\p{N}]+");
    return words[words.length - 1];
  }

  @Test
  void listOfQuestionsWithTimesIsNoTranscript() throws SourceException {
    ParsedSource read =
        read(
            "notes.md",
            """
            In this episode Ada and Ben answer your questions.

            ## Show notes

            02:10 - Q: How long should a rope be?

            06:45 - Q: My crane is broken, what am I to do?

            11:01 - Q: Do you prefer tea?

            18:53 - Q: Where is the lighthouse?

            ## Links
            * [The tide tables](https://harbour.example/tides)
            * [Knots](https://harbour.example/knots)

            ## Picks
            * Ada: [A kettle](https://harbour.example/kettle)
            * Ben: [A rope](https://harbour.example/rope)
            """);
    assertThat(read.cues()).isEmpty();
    assertThat(read.moments())
        .filteredOn(moment -> moment.kind().id().equals("chapter"))
        .hasSize(4);
  }

  @Test
  void topicsOfPeopleAmongListsAreNoTranscript() throws SourceException {
    ParsedSource read =
        read(
            "notes.md",
            """
            ### Show notes

            * **[00:00](#t=00:00)** Welcome!
            * **[00:26](#t=00:26)** Ben: Stand more
            * **[06:55](#t=06:55)** Ben: Wake up early
            * **[10:04](#t=10:04)** Ada: Write lists
              * [A list](https://harbour.example/list)
            * **[14:43](#t=14:43)** Ben: Fewer letters
            * **[19:14](#t=19:14)** Ada: Fewer things
            * **[22:13](#t=22:13)** Ben: Type faster
            """);
    assertThat(read.cues()).isEmpty();
    assertThat(read.moments())
        .filteredOn(moment -> moment.kind().id().equals("chapter"))
        .hasSize(7);
    assertThat(speakers(read)).isEmpty();
  }

  @Test
  void onePersonWhoSpeaksThroughoutIsNamedOnce() throws SourceException {
    String paragraph = "The rope is long and the crane is broken, and so it goes on and on. ";
    StringBuilder text = new StringBuilder("**Ada Quist:** Good morning. " + paragraph + "\n\n");
    for (int minute = 4; minute < 30; minute += 4) {
      text.append("\\\\[%02d:33\\\\] ".formatted(minute))
          .append(paragraph.repeat(25))
          .append("\n\n");
    }
    ParsedSource read = read("t.md", text.toString().replace("\\\\", "\\"));
    assertThat(speakers(read)).containsExactly("Ada Quist");
    assertThat(read.cues()).hasSize(8).allMatch(cue -> "Ada Quist".equals(cue.speaker()));
  }

  @Test
  void timesThatNobodyCouldKeepUpWithAreNotOfTheRecording() throws SourceException {
    String paragraph = "The rope is long and the crane is broken, and so it goes on and on. ";
    StringBuilder text = new StringBuilder();
    for (int minute = 30; minute < 40; minute++) {
      text.append("    17:" + minute + " < ben> what is that?\n\n").append(paragraph.repeat(20));
      text.append("\n\n");
    }
    assertThat(read("t.md", text.toString()).cues()).isEmpty();
  }

  @Test
  void questionsAreAnsweredByTheOneSpeaker() throws SourceException {
    ParsedSource read =
        read(
            "t.md",
            """
            ---
            title: Ropes
            transcript_by: Cleo
            speakers:
              - Ada Quist
            ---
            A rope forgives you once, as I have said before.

            Q - How long should it be?

            A - As long as the ship.

            Q - And how thick?

            A - That depends on the weather.

            Q - What about the crane?

            A - It is broken.
            """);
    assertThat(read.moments())
        .extracting(Moment::speaker)
        .containsExactly("Ada Quist", "Q", "Ada Quist", "Q", "Ada Quist", "Q", "Ada Quist");
  }

  private static ParsedSource read(String name, String text) throws SourceException {
    RawSource source = RawSource.ofText(name, text);
    return Formats.recognise(source).orElseThrow().read(source, new ProblemLog(name));
  }

  private static Collection<String> speakers(ParsedSource read) {
    List<String> all =
        Stream.concat(
                read.cues().stream().map(Cue::speaker),
                read.moments().stream().map(Moment::speaker))
            .filter(Objects::nonNull)
            .toList();
    return new TreeSet<>(all);
  }
}
