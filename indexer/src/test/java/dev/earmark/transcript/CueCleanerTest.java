package dev.earmark.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dirt as tools really write it, and what is made of it. */
class CueCleanerTest {
  private final ProblemLog problems = new ProblemLog("talk.vtt");

  private static Cue cue(long start, long end, String text) {
    return Cue.exact(start, end, null, text, 0);
  }

  private List<Cue> clean(Cue... cues) {
    return CueCleaner.clean(List.of(cues), null, problems);
  }

  private static List<String> texts(List<Cue> cues) {
    return cues.stream().map(Cue::text).toList();
  }

  private List<String> codes() {
    return problems.problems().stream().map(Problem::code).toList();
  }

  /** Two lines a cue, the upper one the last of the cue before; between them 10 ms of one line. */
  private static List<Cue> youtube(String... lines) {
    List<Cue> cues = new ArrayList<>();
    String before = " ";
    for (int i = 0; i < lines.length; i++) {
      long start = 2_000L * i;
      cues.add(cue(start, start + 1_990, before + "\n" + lines[i]));
      cues.add(cue(start + 1_990, start + 2_000, lines[i] + "\n "));
      before = lines[i];
    }
    return cues;
  }

  @Test
  void whoMadeTheCaptionsIsNotSaid() {
    List<Cue> cues = new ArrayList<>();
    List<String> lines =
        List.of(
            "Downloaded from www.OpenSubtitles.org",
            "Good morning all of you.",
            "The crane is broken again.",
            "Nobody can repair it.",
            "Subtitles by hand are dear, said Ada.",
            "We wait for the tide.",
            "At noon we sail.",
            "Sous-titrage Société du Port",
            "Untertitelung im Auftrag des Hafens, 2020",
            "字幕由Amara.org社区提供");
    for (int i = 0; i < lines.size(); i++) {
      cues.add(cue(3_000L * i, 3_000L * i + 2_900, lines.get(i)));
    }
    List<Cue> clean = CueCleaner.clean(cues, null, problems);
    assertThat(texts(clean)).isEqualTo(lines.subList(1, 7));
    assertThat(codes()).containsOnly("not-speech").hasSize(4);
    assertThat(texts(CueCleaner.withoutWords(cues, clean)))
        .as("shown with the transcript all the same")
        .containsExactly(lines.get(0), lines.get(7), lines.get(8), lines.get(9));
  }

  @Test
  void rollingCaptionsGiveEveryWordOnce() {
    List<Cue> cues =
        youtube(
            "so today we want to talk about",
            "the mill that runs on the tide",
            "and nobody believed that it",
            "would ever turn a stone again",
            "but it does and it grinds rye",
            "every day at low water");
    List<Cue> clean = CueCleaner.clean(cues, null, problems);
    assertThat(String.join(" ", texts(clean)))
        .isEqualTo(
            "so today we want to talk about the mill that runs on the tide and nobody believed"
                + " that it would ever turn a stone again but it does and it grinds rye every day"
                + " at low water");
    assertThat(clean.get(1).span()).isEqualTo(TimeSpan.ofMillis(2_000, 3_990));
    assertThat(codes()).containsOnly("rolling-captions");
  }

  @Test
  void rollingCaptionsKeepTheirWordTimes() {
    List<Cue> cues = new ArrayList<>();
    String before = "";
    for (int i = 0; i < 10; i++) {
      String line = "line number " + (char) ('a' + i) + "x";
      String text = before + (before.isEmpty() ? "" : "\n") + line;
      int from = text.length() - 2;
      long start = 3_000L * i;
      Cue cue = cue(start, start + 2_900, text);
      cues.add(
          cue.withText(text, List.of(new TimedWord(from, from + 2, start + 1_700, start + 1_900))));
      before = line;
    }
    List<Cue> clean = CueCleaner.clean(cues, null, problems);
    assertThat(clean).hasSize(10);
    Cue third = clean.get(2);
    assertThat(third.text()).isEqualTo("line number cx");
    assertThat(third.words()).containsExactly(new TimedWord(12, 14, 7_700, 7_900));
    assertThat(third.span().startMs())
        .as("where its first new word may be spoken")
        .isEqualTo(6_000);
  }

  @Test
  void japaneseCaptionsRollToo() {
    String[] lines = {"今日は水車の話をします", "潮で回る水車です", "誰も信じませんでした", "でも本当に回ります", "毎日粉をひきます"};
    List<Cue> clean = CueCleaner.clean(youtube(lines), null, problems);
    assertThat(String.join("", texts(clean))).isEqualTo(String.join("", lines));
  }

  @Test
  void inRollingCaptionsAWordSaidTwiceStaysTwice() {
    List<Cue> cues =
        youtube(
            "is it true that you said it",
            "yes",
            "yes",
            "I did say it and I would again",
            "and you would do it as well",
            "no no no",
            "never in my life would I");
    String all = String.join(" ", texts(CueCleaner.clean(cues, null, problems)));
    assertThat(all).contains("it yes").contains("well no no no never");
  }

  @Test
  void aWordRepeatedAtTheLineBreakOfRollingCaptionsStays() {
    List<Cue> cues =
        youtube(
            "they asked and she said no",
            "no no and once more no",
            "then the fog came and we said go",
            "go go",
            "and off it went",
            "all of it",
            "all of it and more");
    assertThat(String.join(" ", texts(CueCleaner.clean(cues, null, problems))))
        .isEqualTo(
            "they asked and she said no no no and once more no then the fog came and we said go"
                + " go go and off it went all of it all of it and more");
  }

  @Test
  void whatSeveralSpeakersSayOneAfterTheOtherIsNoLoop() {
    List<Cue> votes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      votes.add(Cue.exact(1_000L * i, 1_000L * i + 900, "Member " + (char) ('A' + i), "Aye.", 0));
    }
    assertThat(CueCleaner.clean(votes, null, problems)).hasSize(12);
    assertThat(codes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Aye.", "Yes.", "No", "Nay!", "Here.", "Present.", "I vote no.", "Ja.", "Да."})
  void votesOfPeopleWithoutNamesAreAllKept(String vote) {
    List<Cue> cues = new ArrayList<>(List.of(cue(0, 2_000, "All in favour?")));
    for (int i = 0; i < 7; i++) {
      cues.add(cue(2_000 + i * 1_000, 3_000 + i * 1_000, vote));
    }
    cues.add(cue(10_000, 12_000, "The motion carries."));
    assertThat(texts(CueCleaner.clean(cues, null, problems))).hasSize(9).contains(vote);
    assertThat(codes()).isEmpty();
  }

  @Test
  void oneWordOverAndOverIsALoopLaterThanASentence() {
    List<Cue> words = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      words.add(cue(i * 1_000, i * 1_000 + 900, "Okay."));
    }
    assertThat(CueCleaner.clean(words, null, problems)).hasSize(12);
    for (int i = 12; i < 40; i++) {
      words.add(cue(i * 1_000, i * 1_000 + 900, "Okay."));
    }
    assertThat(CueCleaner.clean(words, null, problems)).hasSize(1);
  }

  @Test
  void rollingCaptionsOfOneLineKeepWhatIsSaidAgain() {
    String[] said = {
      "I said no", "no no and no", "and then I said yes", "yes yes yes", "yes to all of it",
      "all of it", "all of it and more", "thank you", "thank you very much", "goodbye"
    };
    List<Cue> cues = new ArrayList<>();
    for (int i = 0; i < said.length; i++) {
      String text = i == 0 ? said[i] : said[i - 1] + " " + said[i];
      cues.add(cue(i * 2_000, i * 2_000 + 2_000, text));
    }
    assertThat(String.join(" ", texts(CueCleaner.clean(cues, null, problems))))
        .isEqualTo(String.join(" ", said));
  }

  @Test
  void whatDoesNotRollIsNotUnrolled() {
    List<Cue> clean =
        clean(
            cue(0, 1_000, "Did you see it?"),
            cue(1_000, 1_500, "Yes."),
            cue(1_500, 2_000, "Yes."),
            cue(2_000, 3_000, "Yes, and then it fell."),
            cue(3_000, 4_000, "It fell?"),
            cue(4_000, 5_000, "It fell into the sea."),
            cue(5_000, 6_000, "The sea was cold."),
            cue(6_000, 7_000, "Cold is fine."),
            cue(7_000, 8_000, "Fine by me."),
            cue(8_000, 9_000, "Good."));
    assertThat(texts(clean))
        .hasSize(10)
        .containsSubsequence("Yes.", "Yes.", "Yes, and then it fell.", "It fell?");
    assertThat(problems.problems()).isEmpty();
  }

  @Test
  void aLoopIsCutToOneAndReportedWithItsPlace() {
    List<Cue> cues = new ArrayList<>();
    cues.add(cue(0, 1_000, "Welcome."));
    for (int i = 0; i < 1_299; i++) {
      cues.add(Cue.exact(1_000 + i * 100L, 1_100 + i * 100L, null, "Thank you.", 10 + i));
    }
    cues.add(cue(200_000, 201_000, "Goodbye."));
    List<Cue> clean = CueCleaner.clean(cues, null, problems);
    assertThat(texts(clean)).containsExactly("Welcome.", "Thank you.", "Goodbye.");
    assertThat(problems.problems())
        .singleElement()
        .extracting(Problem::describe)
        .isEqualTo(
            "talk.vtt:10: warning: \"Thank you.\" stands 1299 times in a row from 0:01"
                + " (kept once, 1298 left out)");
  }

  @Test
  void fiveInARowAreStillSpeech() {
    List<Cue> cues = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      cues.add(cue(i * 1_000L, i * 1_000L + 900, "No!"));
    }
    assertThat(CueCleaner.clean(cues, null, problems)).hasSize(5);
    assertThat(problems.problems()).isEmpty();
  }

  @Test
  void cuesOutOfOrderArePutInOrder() {
    List<Cue> clean =
        clean(cue(5_000, 6_000, "two"), cue(0, 1_000, "one"), cue(9_000, 9_500, "three"));
    assertThat(texts(clean)).containsExactly("one", "two", "three");
    assertThat(codes()).containsExactly("cue-out-of-order");
  }

  @Test
  void cuesOfOneStartKeepTheirOrder() {
    assertThat(texts(clean(cue(0, 500, "b"), cue(0, 900, "a"), cue(0, 100, "c"))))
        .containsExactly("b", "a", "c");
    assertThat(problems.problems()).isEmpty();
  }

  @Test
  void overlappingCuesStayAsTheyAre() {
    List<Cue> clean =
        clean(
            Cue.exact(0, 4_000, "Ada", "I think that", 0),
            Cue.exact(2_000, 5_000, "Bo", "Wait, wait", 0));
    assertThat(clean).extracting(c -> c.span().startMs()).containsExactly(0L, 2_000L);
    assertThat(clean).extracting(c -> c.span().endMs()).containsExactly(4_000L, 5_000L);
  }

  @Test
  void theSameCueAtTheSameTimeIsKeptOnceEvenIfAnotherStandsBetween() {
    List<Cue> clean =
        clean(
            cue(0, 1_000, "Hello."),
            cue(0, 1_000, "Hello."),
            cue(1_000, 2_000, "Upper"),
            cue(1_000, 2_000, "Lower"),
            cue(1_000, 2_000, "Upper"));
    assertThat(texts(clean)).containsExactly("Hello.", "Upper", "Lower");
    assertThat(codes()).containsExactly("cue-given-twice", "cue-given-twice");
  }

  @Test
  void twoPeopleMaySayTheSameAtOnce() {
    List<Cue> clean =
        clean(Cue.exact(0, 1_000, "Ada", "Cheers.", 0), Cue.exact(0, 1_000, "Bo", "Cheers.", 0));
    assertThat(clean).extracting(Cue::speaker).containsExactly("Ada", "Bo");
  }

  @Test
  void aCueWithoutLengthGetsOne() {
    List<Cue> clean =
        clean(cue(1_000, 1_000, "one two three four five"), cue(1_500, 1_500, "six seven"));
    assertThat(clean)
        .extracting(Cue::span)
        .containsExactly(TimeSpan.ofMillis(1_000, 1_500), TimeSpan.ofMillis(1_500, 2_300));
    assertThat(codes()).containsExactly("cue-without-length", "cue-without-length");
  }

  @Test
  void aCueOfUnknownLengthGetsOneToo() {
    Cue open =
        new Cue(
            Anchor.exact(TimeSpan.from(new dev.earmark.model.Timestamp(1_000))),
            null,
            "one two three",
            List.of(),
            7);
    assertThat(clean(open)).singleElement().extracting(c -> c.span().endMs()).isEqualTo(2_200L);
  }

  @Test
  void twoCuesWithoutLengthAtOneTimeShareTheStretchToTheNext() {
    List<Cue> clean =
        clean(cue(1_000, 1_000, "one two"), cue(1_000, 1_000, "three"), cue(4_000, 5_000, "four"));
    assertThat(clean).allSatisfy(c -> assertThat(c.span().durationMs()).isPositive());
  }

  @Test
  void whatLiesPastTheEndIsKeptAndReported() {
    List<Cue> clean =
        CueCleaner.clean(
            List.of(cue(0, 1_000, "In."), cue(70_000, 71_000, "Out.")), 60_000L, problems);
    assertThat(clean).hasSize(2);
    assertThat(problems.problems())
        .singleElement()
        .extracting(Problem::describe)
        .asString()
        .contains("cue at 1:10 lies past the end of the recording at 1:00");
  }

  @Test
  void cuesWithoutWordsAreLeftOutAndReported() {
    List<Cue> clean =
        clean(cue(0, 900, "♪♪"), cue(1_000, 1_900, "[Music]"), cue(2_000, 2_900, " \u200B "));
    assertThat(clean).isEmpty();
    assertThat(codes())
        .containsExactly("cue-without-words", "cue-without-words", "cue-without-words");
  }

  @Test
  void anEmptyTranscriptIsEmpty() {
    assertThat(clean()).isEmpty();
  }

  @Test
  void aMillionCuesTakeLinearTimeAndFewProblems() {
    List<Cue> cues = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      cues.add(cue(i * 10L, i * 10L, "cue number " + i));
    }
    long start = System.nanoTime();
    assertThat(CueCleaner.clean(cues, null, problems)).hasSize(1_000_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(problems.problems()).hasSize(100);
    assertThat(problems.counts()).containsEntry("cue-without-length", 1_000_000);
  }

  @Test
  void aMillionEqualCuesAreOne() {
    List<Cue> cues = new ArrayList<>(Collections.nCopies(1_000_000, cue(5, 6, "loop")));
    assertThat(CueCleaner.clean(cues, null, problems)).hasSize(1);
  }

  @Test
  void aLongLoopOfTwoLinesIsCutToo() {
    List<Cue> cues = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      cues.add(cue(i * 1_000L, i * 1_000L + 900, i % 2 == 0 ? "I don't know." : "You know."));
    }
    cues.add(cue(50_000, 51_000, "Right."));
    assertThat(texts(CueCleaner.clean(cues, null, problems)))
        .containsExactly("I don't know.", "You know.", "Right.");
    assertThat(codes()).containsExactly("cue-loop");
  }
}
