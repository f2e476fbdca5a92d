package dev.earmark.index.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Anchor;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.text.Stemmer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * What is said around a moment is what its definition says, over all other moments. Run a failure
 * again with {@code -Dseed=…}.
 */
class SurroundingsTest {
  private static final Episode EPISODE =
      new Episode("e", "E", null, null, null, "en", List.of(), Media.NONE, List.of(), null);
  private static final List<String> WORDS =
      List.of("boat", "boats", "meadow", "flood", "the", "and", "running", "run", "a|b");

  private static IndexedMoment moment(int ordinal, long position, Long startMs, String text) {
    Anchor anchor =
        startMs == null
            ? Anchor.unplaced()
            : Anchor.exact(TimeSpan.ofMillis(startMs, startMs + 10_000));
    Moment moment = Moment.builder(Kind.SEGMENT, text).anchor(anchor).build();
    return new IndexedMoment(EPISODE, "s", "vtt", "en", ordinal, position, moment);
  }

  private static List<List<String>> words(List<IndexedMoment> moments) {
    return moments.stream().map(one -> List.of(one.moment().text().split(" "))).toList();
  }

  private static Surroundings of(List<IndexedMoment> moments) {
    EpisodeWords words = new EpisodeWords();
    int[][] said =
        words(moments).stream()
            .map(terms ->
                Arrays.stream(words.of("en", terms))
                    .mapToInt(EpisodeWords.Word::around)
                    .filter(number -> number >= 0)
                    .toArray())
            .toArray(int[][]::new);
    int[] lengths = words(moments).stream().mapToInt(List::size).toArray();
    return new Surroundings(moments, words.around(), said, lengths);
  }

  @Test
  void countsWhatIsSaidHereAndNear() {
    List<IndexedMoment> talk =
        List.of(
            moment(0, 0, 0L, "boat and boats"),
            moment(1, 3, 40_000L, "the boat"),
            moment(2, 5, 90_000L, "a boat of meadow"),
            moment(3, 5_000, 300_000L, "flood"));
    assertThat(terms(of(talk).of(0))).isEqualTo(Map.of("boat", 18 + 3 + 1, "meadow", 1));
    assertThat(terms(of(talk).of(3))).isEqualTo(Map.of("flood", 9));
  }

  @RepeatedTest(20)
  void isWhatItsDefinitionSays() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<IndexedMoment> talk = new ArrayList<>();
    long position = 0;
    for (int i = 0; i < 40; i++) {
      int count = 1 + random.nextInt(random.nextInt(5) == 0 ? 150 : 12);
      List<String> said = new ArrayList<>();
      for (int j = 0; j < count; j++) {
        said.add(WORDS.get(random.nextInt(WORDS.size())));
      }
      Long start = random.nextInt(5) == 0 ? null : (long) random.nextInt(600_000);
      talk.add(moment(i, position, start, String.join(" ", said)));
      position += count + (random.nextInt(6) == 0 ? 300 : 0);
    }
    Surroundings around = of(talk);
    for (int i = 0; i < talk.size(); i++) {
      assertThat(terms(around.of(i)))
          .as("seed " + seed + ", moment " + i)
          .isEqualTo(model(talk, i));
    }
  }

  private static Map<String, Integer> model(List<IndexedMoment> talk, int at) {
    Map<String, Integer> all = new TreeMap<>();
    List<List<String>> words = words(talk);
    for (int other = 0; other < talk.size(); other++) {
      Long start = startMs(talk.get(at));
      Long otherStart = startMs(talk.get(other));
      long apart =
          (start == null) != (otherStart == null)
              ? Long.MAX_VALUE
              : start == null
                  ? 400 * Math.abs(talk.get(at).position() - talk.get(other).position())
                  : Math.abs(start - otherStart);
      long end = talk.get(at).position() + words.get(at).size();
      long otherEnd = talk.get(other).position() + words.get(other).size();
      long between = Math.max(talk.get(other).position() - end, talk.get(at).position() - otherEnd);
      int weight =
          at == other ? 9 : apart <= 45_000 ? 3 : apart <= 100_000 || between <= 200 ? 1 : 0;
      for (String word : words.get(other)) {
        if (weight > 0 && !List.of("the", "and", "a", "of").contains(word)) {
          String stem = Stemmer.forLanguage("en").stem(word).replace('|', '\u0003');
          all.merge(stem, weight, Integer::sum);
        }
      }
    }
    return all;
  }

  private static Long startMs(IndexedMoment moment) {
    return moment.moment().anchor().span().map(TimeSpan::startMs).orElse(null);
  }

  private static Map<String, Integer> terms(String text) {
    Map<String, Integer> terms = new TreeMap<>();
    for (String term : text.isEmpty() ? List.<String>of() : Arrays.asList(text.split(" "))) {
      int bar = term.lastIndexOf('|');
      String stem = bar < 0 ? term : term.substring(0, bar);
      int times = bar < 0 ? 1 : Integer.parseInt(term.substring(bar + 1));
      assertThat(terms.put(stem, times)).as(term).isNull();
    }
    return terms;
  }
}
