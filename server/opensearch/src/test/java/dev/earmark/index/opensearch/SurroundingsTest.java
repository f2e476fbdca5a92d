package dev.earmark.index.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.model.Anchor;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.search.rank.PassageScore;
import dev.earmark.search.rank.RankingModel;
import dev.earmark.text.Stemmer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * What is said around a moment is what its definition says, over all other moments. Run a failure
 * again with {@code -Dseed=…}.
 */
class SurroundingsTest {
  private static final Episode EPISODE =
      new Episode("e", "E", null, null, null, "en", List.of(), Media.NONE, List.of(), null);

  /** To the next number, and a little, since times are looked up by tenths of a second. */
  private static final Offset<Double> STEP = within(0.51);

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

  /** The two of the worked example, and one who says the word twice, in a moment as long. */
  @Test
  void tellsHowMuchAMomentIsAboutAWord() {
    List<IndexedMoment> talk =
        List.of(
            moment(0, 0, 0L, "boat and meadow"),
            moment(1, 3, 60_000L, "flood in it"),
            moment(2, 5_000, 600_000L, "running running boats"));
    assertThat(terms(of(talk).of(0))).isEqualTo(Map.of("boat", 9, "meadow", 9, "flood", 3));
    assertThat(terms(of(talk).of(1))).isEqualTo(Map.of("boat", 3, "meadow", 3, "flood", 9));
    assertThat(terms(of(talk).of(2))).isEqualTo(Map.of("run", 12, "boat", 9));
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
      Map<String, Integer> written = terms(around.of(i));
      Map<String, Double> model = model(talk, i);
      String where = "seed " + seed + ", moment " + i;
      assertThat(written.keySet()).as(where).isEqualTo(model.keySet());
      written.forEach((stem, number) ->
          assertThat((double) number).as(where + ", " + stem).isCloseTo(model.get(stem), STEP));
    }
  }

  /** The numbers that rank in a folder, by looking at all other moments. */
  private static Map<String, Double> model(List<IndexedMoment> talk, int at) {
    PassageScore score = RankingModel.DEFAULT.passages();
    List<List<String>> words = words(talk);
    List<Integer> inTime = new ArrayList<>();
    long end = talk.get(at).position() + words.get(at).size();
    Set<String> around = new TreeSet<>();
    for (int i = 0; i < talk.size(); i++) {
      inTime.add(i);
      long otherEnd = talk.get(i).position() + words.get(i).size();
      if (Math.max(talk.get(i).position() - end, talk.get(at).position() - otherEnd) <= 200) {
        around.addAll(stems(words.get(i)));
      }
    }
    inTime.sort(
        Comparator.<Integer, Boolean>comparing(i -> startMs(talk.get(i)) != null)
            .thenComparing(i -> readMs(talk.get(i))));
    List<String> stems = List.copyOf(around);
    List<PassageScore.Heard> heard = new ArrayList<>();
    for (int i : inTime) {
      List<String> said = stems(words.get(i));
      float[] often = new float[stems.size()];
      for (int word = 0; word < often.length; word++) {
        often[word] = Collections.frequency(said, stems.get(word));
      }
      heard.add(
          new PassageScore.Heard(
              startMs(talk.get(i)) != null, readMs(talk.get(i)), words.get(i).size(), often));
    }
    float average = (float) words.stream().mapToInt(List::size).average().orElseThrow();
    Map<String, Double> all = new TreeMap<>();
    for (int word = 0; word < stems.size(); word++) {
      PassageScore.Features found = score.features(heard, inTime.indexOf(at), word);
      double scored = score.explain(found, score.norm(words.get(at).size(), average)).value();
      all.put(stems.get(word), Math.max(1, Surroundings.STEPS * scored));
    }
    return all;
  }

  private static List<String> stems(List<String> words) {
    return words.stream()
        .filter(word -> !List.of("the", "and", "a", "of", "in", "it").contains(word))
        .map(word -> Stemmer.forLanguage("en").stem(word).replace('|', '\u0003'))
        .toList();
  }

  private static long readMs(IndexedMoment moment) {
    Long start = startMs(moment);
    return start == null ? 400 * moment.position() : start;
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
