package dev.earmark.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Cues become segments, and neither a word nor a time is lost on the way. */
class SegmenterTest {
  private static Cue cue(long start, long end, String speaker, String text) {
    return Cue.exact(start, end, speaker, text, 0);
  }

  private static List<String> texts(List<Moment> segments) {
    return segments.stream().map(Moment::body).toList();
  }

  @Test
  void captionsOfASentenceOrTwoBecomeOneSegment() {
    List<Cue> cues = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      cues.add(cue(i * 3_000L, i * 3_000L + 3_000, null, i % 2 == 0 ? "We wait for" : "the tide."));
    }
    List<Moment> segments = Segmenter.segment(cues);
    assertThat(segments).hasSize(3);
    assertThat(segments)
        .allSatisfy(segment -> assertThat(segment.body()).endsWith("."))
        .allSatisfy(segment ->
            assertThat(segment.anchor().span().orElseThrow().durationMs())
                .isBetween(Segmenter.ENOUGH_MS - 1, Segmenter.MOST_MS));
    assertThat(segments.getFirst().continues()).isFalse();
    assertThat(segments.subList(1, 3)).allMatch(Moment::continues);
  }

  @Test
  void aChangeOfSpeakerEndsASegment() {
    List<Moment> segments =
        Segmenter.segment(
            List.of(
                cue(0, 1_000, "Ada", "Is it"),
                cue(1_000, 2_000, "Ada", "true?"),
                cue(2_000, 3_000, "Bo", "Yes."),
                cue(3_000, 4_000, "Ada", "Good.")));
    assertThat(texts(segments)).containsExactly("Is it true?", "Yes.", "Good.");
    assertThat(segments).extracting(Moment::speaker).containsExactly("Ada", "Bo", "Ada");
  }

  @Test
  void aLongTurnIsCutAtItsSentences() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 30; i++) {
      text.append("This is sentence number ").append(i).append(" of the turn. ");
    }
    List<Moment> segments =
        Segmenter.segment(List.of(cue(60_000, 180_000, "Ada", text.toString().strip())));
    assertThat(segments).hasSizeGreaterThan(5);
    assertThat(segments).allMatch(segment -> segment.body().endsWith("turn."));
    assertThat(String.join(" ", texts(segments))).isEqualTo(text.toString().strip());
    assertThat(segments.getFirst().anchor()).isInstanceOf(Anchor.Exact.class);
    assertThat(segments.get(1).anchor())
        .as("inside a turn of two minutes times are worked out")
        .isInstanceOf(Anchor.Estimated.class);
    assertThat(segments.getLast().anchor().span().orElseThrow().endMs()).isEqualTo(180_000);
  }

  @Test
  void marksThatOpenBelongToWhatTheyOpen() {
    String text =
        "word ".repeat(70) + "end. \u201CQuoted " + "more ".repeat(60) + "end.\u201D (Aside) tail";
    List<Moment> segments = Segmenter.segment(List.of(cue(0, 60_000, null, text)));
    assertThat(texts(segments)).anyMatch(body -> body.startsWith("\u201CQuoted"));
    assertThat(texts(segments)).noneMatch(body -> body.startsWith("\u201D"));
    assertThat(String.join(" ", texts(segments))).isEqualTo(text);
  }

  @Test
  void timedWordsKeepTheirTimesAndOthersAreSharedBetweenThem() {
    String text = "one two three four";
    Cue cue =
        cue(0, 4_000, null, text)
            .withText(
                text,
                List.of(new TimedWord(4, 7, 1_000, 1_200), new TimedWord(14, 18, 3_000, 3_500)));
    TimeMap times = Segmenter.segment(List.of(cue)).getFirst().times();
    assertThat(times).isNotNull();
    assertThat(List.of(times.startOf(0), times.startOf(1), times.startOf(2), times.startOf(3)))
        .containsExactly(0L, 1_000L, 1_200L, 3_000L);
    assertThat(times.endOf(3)).isEqualTo(3_500);
  }

  @Test
  void timedWordsOutOfOrderOrTwiceDoNotBreakIt() {
    String text = "one two three";
    Cue cue =
        cue(0, 3_000, null, text)
            .withText(
                text,
                List.of(
                    new TimedWord(8, 13, 2_000, 2_500),
                    new TimedWord(0, 3, 100, 200),
                    new TimedWord(8, 13, 2_100, 2_600)));
    Moment segment = Segmenter.segment(List.of(cue)).getFirst();
    assertThat(segment.times().words()).isEqualTo(3);
  }

  @Test
  void piecesOfOneWordJoinWithoutChangingTheCount() {
    // A word that one cue ends in the middle of is two words in both, as they stand in two cues.
    List<Moment> segments =
        Segmenter.segment(List.of(cue(0, 1_000, null, "C"), cue(1_000, 2_000, null, "++ is fun")));
    assertThat(segments).singleElement().satisfies(SegmenterTest::timesFitWords);
  }

  @Test
  void japaneseCuesJoinWithoutSpaces() {
    List<Moment> segments =
        Segmenter.segment(List.of(cue(0, 1_000, null, "今日は"), cue(1_000, 2_000, null, "潮汐の話")));
    assertThat(texts(segments)).containsExactly("今日は潮汐の話");
    assertThat(segments).singleElement().satisfies(SegmenterTest::timesFitWords);
  }

  @Test
  void estimatedAndExactDoNotMix() {
    Cue guessed =
        new Cue(
            Anchor.estimated(TimeSpan.ofMillis(1_000, 2_000), 0.5, "share of words"),
            null,
            "and then",
            List.of(),
            0);
    List<Moment> segments = Segmenter.segment(List.of(cue(0, 1_000, null, "first"), guessed));
    assertThat(segments).hasSize(2);
  }

  @Test
  void nothingGivesNothing() {
    assertThat(Segmenter.segment(List.of())).isEmpty();
    assertThat(Segmenter.segment(List.of(cue(0, 1, null, " … ")))).isEmpty();
  }

  private static void timesFitWords(Moment segment) {
    TimeMap times = segment.times();
    assertThat(times).isNotNull();
    assertThat(times.words())
        .as("words that have times, of: " + segment.text())
        .isEqualTo(Words.of(segment.text()).count());
  }

  @Property(tries = 500)
  void noWordIsDropped(@ForAll("transcripts") List<Cue> cues) {
    List<String> before = new ArrayList<>();
    cues.forEach(cue -> before.addAll(Arrays.asList(Words.of(cue.text()).folded())));
    List<String> after = new ArrayList<>();
    Segmenter.segment(cues)
        .forEach(segment -> after.addAll(Arrays.asList(Words.of(segment.text()).folded())));
    assertThat(after).isEqualTo(before);
  }

  @Property(tries = 500)
  void everyWordHasATimeAndTimesRise(@ForAll("transcripts") List<Cue> cues) {
    long before = 0;
    for (Moment segment : Segmenter.segment(cues)) {
      timesFitWords(segment);
      TimeMap times = segment.times();
      TimeSpan span = segment.anchor().span().orElseThrow();
      for (int word = 0; word < times.words(); word++) {
        assertThat(times.startOf(word)).isGreaterThanOrEqualTo(before);
        assertThat(times.endOf(word)).isGreaterThanOrEqualTo(times.startOf(word));
        assertThat(times.startOf(word)).isBetween(span.startMs(), span.endMs());
        before = times.startOf(word);
      }
    }
  }

  @Property(tries = 300)
  void cleaningAndSegmentingNeverFails(@ForAll("dirt") List<Cue> cues) {
    dev.earmark.model.ProblemLog problems = new dev.earmark.model.ProblemLog("dirt");
    List<Cue> clean = CueCleaner.clean(cues, 10_000L, problems);
    long before = 0;
    for (Cue cue : clean) {
      assertThat(cue.span().startMs()).isGreaterThanOrEqualTo(before);
      assertThat(Words.of(cue.text()).count()).isPositive();
      before = cue.span().startMs();
    }
    Segmenter.segment(clean).forEach(SegmenterTest::timesFitWords);
  }

  private static Arbitrary<String> texts() {
    Arbitrary<String> words =
        Arbitraries.of(
            "the",
            "Tide",
            "don't",
            "3.5",
            "10,000",
            "C++",
            "C#",
            "C",
            "++",
            "#",
            "DevNet2",
            "2",
            "5",
            ".5",
            ",5",
            "'s",
            "s",
            "end.",
            "why?",
            "\u201Cquote\u201D",
            "(aside)",
            "—",
            "今日",
            "は",
            "東京。",
            "é",
            "e\u0301",
            "\u0301",
            "می\u200Cخواهم",
            "👩\u200D🔬",
            "...",
            "U.S.",
            "a-b",
            "x@y.z",
            "ไทย",
            "ー");
    return words.list().ofMinSize(0).ofMaxSize(300).map(list -> String.join(" ", list));
  }

  /** Cues in time order, some with timed words, by one of two speakers. */
  @Provide
  Arbitrary<List<Cue>> transcripts() {
    Arbitrary<Cue> cue =
        Combinators.combine(
                texts(),
                Arbitraries.longs().between(0, 40_000),
                Arbitraries.of("Ada", "Bo", ""),
                Arbitraries.of(true, false))
            .as((text, length, speaker, timed) -> {
              Cue plain = Cue.exact(0, length, speaker.isEmpty() ? null : speaker, text, 0);
              return timed ? withTimes(plain) : plain;
            });
    return cue.list().ofMaxSize(20).map(SegmenterTest::inARow);
  }

  private static Cue withTimes(Cue cue) {
    Words words = Words.of(cue.text());
    List<TimedWord> timed = new ArrayList<>();
    for (int i = 0; i < words.count(); i += 2) {
      long from = cue.span().durationMs() * i / words.count();
      long to = cue.span().durationMs() * (i + 1) / words.count();
      timed.add(new TimedWord(words.start(i), words.end(i), from, to));
    }
    return cue.withText(cue.text(), timed);
  }

  private static List<Cue> inARow(List<Cue> cues) {
    List<Cue> row = new ArrayList<>();
    long at = 0;
    for (Cue cue : cues) {
      long start = at;
      List<TimedWord> words =
          cue.words().stream()
              .map(w -> new TimedWord(w.from(), w.to(), w.startMs() + start, w.endMs() + start))
              .toList();
      row.add(
          cue.withText(cue.text(), words)
              .withSpan(TimeSpan.ofMillis(start, start + cue.span().durationMs())));
      at += cue.span().durationMs();
    }
    return row;
  }

  /** Cues of any times, with all that captions hold beside speech. */
  @Provide
  Arbitrary<List<Cue>> dirt() {
    Arbitrary<String> text =
        Arbitraries.of(
                "[laughter]",
                ">>",
                "♪",
                "&amp;amp;",
                "&#x",
                "&#0;",
                "&",
                "\u200B",
                "yes",
                "Yes.",
                "no",
                "(",
                "[",
                "]",
                "（笑）",
                "\uD800",
                "\u0000",
                "\n",
                "the tide")
            .list()
            .ofMaxSize(8)
            .map(list -> String.join(" ", list));
    return Combinators.combine(
            text, Arbitraries.longs().between(0, 20_000), Arbitraries.longs().between(0, 3_000))
        .as((words, start, length) -> Cue.exact(start, start + length, null, words, 0))
        .list()
        .ofMaxSize(60);
  }
}
