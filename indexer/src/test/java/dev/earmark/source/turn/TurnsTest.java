package dev.earmark.source.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.Formats;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.time.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final long NONE = Times.NONE;

  private static List<Cue> place(Turns turns, Long durationMs) {
    List<Cue> cues = new ArrayList<>();
    turns.into(cues, new ArrayList<>(), durationMs);
    return cues;
  }

  private static String words(int count) {
    return "word ".repeat(count).strip();
  }

  @Test
  void aTurnBetweenTwoStampsGetsItsShareOfTheWords() {
    Turns turns = new Turns(new ProblemLog("x"));
    turns.paragraph("Ada", 60_000, words(10), 1);
    turns.paragraph("Ben", NONE, words(30), 2);
    turns.paragraph("Ada", 80_000, words(5), 3);
    List<Cue> cues = place(turns, null);
    assertThat(cues.get(0).anchor()).isInstanceOf(Anchor.Exact.class);
    assertThat(cues.get(0).span().endMs()).isEqualTo(65_000);
    assertThat(cues.get(1).anchor())
        .isInstanceOfSatisfying(
            Anchor.Estimated.class,
            estimated -> {
              assertThat(estimated.how()).isEqualTo("share of words");
              assertThat(estimated.confidence()).isEqualTo(0.98);
            });
    assertThat(cues.get(1).span().startMs()).isEqualTo(65_000);
    assertThat(cues.get(1).span().endMs()).isEqualTo(80_000);
  }

  @Test
  void wordsAreNotSpreadOverABreak() {
    Turns turns = new Turns(new ProblemLog("x"));
    turns.paragraph("Ada", 0, words(5), 1);
    turns.paragraph("Ben", NONE, words(5), 2);
    turns.paragraph("Ada", 8 * 3_600_000, words(5), 3);
    List<Cue> cues = place(turns, null);
    assertThat(cues.get(1).span().endMs()).isEqualTo(2_000 + 10 * Turns.SLOWEST_MS_A_WORD);
  }

  @Test
  void afterTheLastStampTheSpeakingRateIsUsual() {
    Turns turns = new Turns(new ProblemLog("x"));
    turns.paragraph("Ada", 10_000, words(150), 1);
    turns.paragraph("Ben", NONE, words(150), 2);
    List<Cue> cues = place(turns, null);
    assertThat(cues.get(1).span().startMs()).isEqualTo(70_000);
    assertThat(((Anchor.Estimated) cues.get(1).anchor()).confidence()).isEqualTo(0.5);
    assertThat(((Anchor.Estimated) cues.get(1).anchor()).how()).isEqualTo("speaking rate");
  }

  @Test
  void theLengthOfTheRecordingIsAStamp() {
    Turns turns = new Turns(new ProblemLog("x"));
    turns.paragraph("Ada", 0, words(100), 1);
    turns.paragraph("Ben", NONE, words(100), 2);
    assertThat(place(turns, 100_000L).get(1).span().startMs()).isEqualTo(50_000);
  }

  @Test
  void textBeforeTheFirstStampLiesBeforeIt() {
    Turns turns = new Turns(new ProblemLog("x"));
    turns.paragraph("Ada", NONE, words(10), 1);
    turns.paragraph("Ben", NONE, words(10), 2);
    turns.paragraph("Ada", 10_000, words(10), 3);
    List<Cue> cues = place(turns, null);
    assertThat(cues.get(0).span().startMs()).isZero();
    assertThat(cues.get(1).span().startMs()).isEqualTo(5_000);
  }

  @Test
  void aTypingErrorInATimeIsReportedAndSpoilsNothing() {
    ProblemLog problems = new ProblemLog("x");
    Turns turns = new Turns(problems);
    for (int minute = 0; minute < 10; minute++) {
      turns.paragraph("Ada", minute == 4 ? 14 * 3_600_000 : minute * 60_000, words(20), minute);
    }
    List<Cue> cues = place(turns, null);
    assertThat(problems.counts()).containsOnlyKeys("time-out-of-order");
    assertThat(problems.problems().getFirst().line()).isEqualTo(4);
    assertThat(cues.get(4).anchor()).isInstanceOf(Anchor.Estimated.class);
    assertThat(cues.get(5).span().startMs()).isEqualTo(300_000);
  }

  @Test
  void aTimeAFewSecondsBackIsKept() {
    ProblemLog problems = new ProblemLog("x");
    Turns turns = new Turns(problems);
    turns.paragraph("Ada", 60_000, words(5), 1);
    turns.paragraph("Ben", 58_000, words(5), 2);
    turns.paragraph("Ada", 70_000, words(5), 3);
    List<Cue> cues = place(turns, null);
    assertThat(cues).allMatch(cue -> cue.anchor() instanceof Anchor.Exact);
    assertThat(cues.stream().map(cue -> cue.span().startMs()))
        .containsExactly(60_000L, 58_000L, 70_000L);
    assertThat(problems.counts()).isEmpty();
  }

  @Test
  void headingsBeginWithWhatFollowsThem() {
    Turns turns = new Turns(new ProblemLog("x"));
    turns.heading(1, "Opening", 1);
    turns.heading(2, "Greetings", 2);
    turns.paragraph("Ada", 5_000, words(3), 3);
    turns.heading(1, "Tides", 4);
    turns.paragraph("Ada", 9_000, words(3), 5);
    List<Moment> chapters = new ArrayList<>();
    turns.into(new ArrayList<>(), chapters, null);
    assertThat(chapters.stream().map(Moment::title))
        .containsExactly("Opening", "Greetings", "Tides");
    assertThat(chapters.get(0).anchor().span().orElseThrow().startMs()).isEqualTo(5_000);
    assertThat(chapters.get(1).anchor().span().orElseThrow().endMs()).isEqualTo(9_000);
    assertThat(chapters).allMatch(chapter -> chapter.anchor() instanceof Anchor.Exact);
  }

  @Test
  void anyMixOfStampsGivesEveryTextATimeInOrder() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Turns turns = new Turns(new ProblemLog("x"));
      int texts = 0;
      long at = 0;
      turns.paragraph("A", random.nextInt(5_000), "start", 1);
      texts++;
      for (int i = 0; i < 50; i++) {
        at += random.nextInt(60_000);
        int kind = random.nextInt(6);
        if (kind == 0) {
          turns.heading(1 + random.nextInt(3), "heading", i);
        } else {
          boolean spoken = random.nextInt(5) > 0;
          long stamp = kind < 3 ? at : kind == 3 ? random.nextInt(2_000_000) : NONE;
          turns.paragraph("A", stamp, spoken ? words(1 + random.nextInt(40)) : "", i);
          texts += spoken ? 1 : 0;
        }
      }
      List<Cue> cues = place(turns, random.nextBoolean() ? 4_000_000L : null);
      assertThat(cues).as("seed " + seed).hasSize(texts);
      long before = 0;
      for (Cue cue : cues) {
        assertThat(cue.span().startMs()).as("seed " + seed).isGreaterThanOrEqualTo(before - 20_000);
        before = Math.max(before, cue.span().startMs());
      }
    }
  }

  /**
   * The confidence is what its documentation says: the share of starts within ten seconds. The
   * talks are made up, with lengths of turns and rates of speech that vary as in 13,000 turns of
   * 106 real talks: 27 words in the median, with a standard deviation of the logarithm of 1.36,
   * said at 2.7 words a second; short turns are said at more varied rates than long ones.
   */
  @Test
  void theConfidenceIsTheShareThatIsRight() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    List<List<Cue>> talks = new ArrayList<>();
    for (int talk = 0; talk < 100; talk++) {
      Turns turns = new Turns(new ProblemLog("x"));
      double at = 0;
      for (int turn = 0; turn < 127; turn++) {
        int count = (int) Math.clamp(Math.exp(3.3 + 1.36 * random.nextGaussian()), 1, 600);
        turns.paragraph("A", Math.round(at / 1000) * 1000, words(count), turn);
        double spread = count < 10 ? .69 : count < 30 ? .37 : count < 80 ? .23 : .15;
        double drawl = count < 10 ? -.28 : .03;
        at += count / 2.7 / Math.exp(drawl + spread * random.nextGaussian()) * 1000;
      }
      talks.add(place(turns, null));
    }
    promiseIsKept(talks, "seed " + seed);
  }

  @Test
  void theConfidenceIsTheShareThatIsRightInRealTalks() throws IOException, SourceException {
    Path folder = Path.of("../../shared/corpora/bitcoin");
    assumeTrue(
        Files.isDirectory(folder),
        "that confidences of turns between stamps are right in 106 real talks ("
            + folder
            + " is not there; talks made up alike were checked)");
    List<List<Cue>> talks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        RawSource source = new RawSource(file.getFileName().toString(), Files.readAllBytes(file));
        SourceFormat format = Formats.recognise(source).orElseThrow();
        if (format.id().equals("speaker-turns")) {
          List<Cue> cues = format.read(source, new ProblemLog(source.name())).cues();
          if (cues.size() > 30) {
            talks.add(cues);
          }
        }
      }
    }
    promiseIsKept(talks, "real talks");
  }

  /** Takes most stamps away and compares what is worked out with what the stamps said. */
  private static void promiseIsKept(List<List<Cue>> talks, String what) {
    for (long gapMinutes : new long[] {1, 2, 4, 8, 15}) {
      double promised = 0;
      int right = 0;
      int all = 0;
      for (List<Cue> cues : talks) {
        Turns turns = new Turns(new ProblemLog("x"));
        long lastStamp = Long.MIN_VALUE / 2;
        for (Cue cue : cues) {
          boolean stamped =
              cue.anchor() instanceof Anchor.Exact
                  && cue.span().startMs() >= lastStamp + gapMinutes * 60_000;
          lastStamp = stamped ? cue.span().startMs() : lastStamp;
          turns.paragraph("A", stamped ? lastStamp : NONE, cue.text(), cue.line());
        }
        List<Cue> placed = place(turns, null);
        for (int i = 0; i < cues.size(); i++) {
          if (cues.get(i).anchor() instanceof Anchor.Exact
              && placed.get(i).anchor() instanceof Anchor.Estimated estimated
              && estimated.how().equals("share of words")) {
            all++;
            promised += estimated.confidence();
            long off = placed.get(i).span().startMs() - cues.get(i).span().startMs();
            right += Math.abs(off) <= 10_000 ? 1 : 0;
          }
        }
      }
      System.out.printf(
          "stamps %d min apart: %.2f right, %.2f promised, of %d%n",
          gapMinutes, (double) right / all, promised / all, all);
      assertThat(promised / all)
          .as(what + ", stamps " + gapMinutes + " min apart")
          .isCloseTo((double) right / all, org.assertj.core.data.Offset.offset(0.08));
    }
  }
}
