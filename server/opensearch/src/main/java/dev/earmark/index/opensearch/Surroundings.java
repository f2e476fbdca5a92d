package dev.earmark.index.opensearch;

import dev.earmark.schema.IndexedMoment;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.Stemmer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What is said in and around each moment of an episode, as stems with a number: the field {@link
 * Mapping#AROUND}.
 *
 * <pre>
 *   f = 6 · (how often in the moment) + 2 · (within 45 s of it) + (within 100 s)
 * </pre>
 *
 * <p>The cluster takes it for a frequency, so one term of BM25 weighs a word by how much of it is
 * said here and near, without reading another document. Time is that of the starts of moments;
 * moments without a place are near each other by the numbers of their words. A moment also has what
 * is said at most {@link Mapping#AROUND_WORDS} words before or after it, however long that took: so
 * where words come together, each of their moments has all of them around. Function words of the
 * text's language are left out.
 *
 * <p>The weights stand in the index: others need another {@link OpenSearchIndex#LAYOUT}.
 */
final class Surroundings {
  private static final int OWN = 6;
  private static final int NEAR = 2;
  private static final long NEAR_MS = 45_000;
  private static final long FAR_MS = 100_000;

  /** A moment without a place is read out at so many milliseconds a word. */
  private static final long MS_PER_WORD = 400;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> terms = new ArrayList<>();

  /** For each moment the numbers of its terms, one for each time it has them. */
  private final int[][] said;

  private final boolean[] placed;
  private final long[] startMs;
  private final long[] begin;
  private final long[] end;

  /** The moments by place and time, and by the numbers of their words. */
  private final Integer[] byTime;

  private final Integer[] byPosition;
  private final int[] timeOf;
  private final int[] positionOf;
  private int[] weights = new int[0];
  private final List<Integer> touched = new ArrayList<>();

  /**
   * Reads the moments of an episode.
   *
   * @param words the words of each as terms, and how many places they take
   */
  Surroundings(
      List<IndexedMoment> moments,
      List<List<String>> words,
      int[] lengths,
      Function<String, Stemmer> stemmers) {
    int size = moments.size();
    said = new int[size][];
    placed = new boolean[size];
    startMs = new long[size];
    begin = new long[size];
    end = new long[size];
    byTime = new Integer[size];
    byPosition = new Integer[size];
    for (int i = 0; i < size; i++) {
      IndexedMoment moment = moments.get(i);
      String language = Stemmer.primary(moment.language());
      Stemmer stemmer = stemmers.apply(language);
      Set<String> function = FunctionWords.of(language);
      said[i] =
          words.get(i).stream()
              .filter(word -> !function.contains(word))
              .mapToInt(word -> number(OpenSearchTerms.around(stemmer.stem(word))))
              .toArray();
      var start = moment.moment().anchor().span().map(span -> span.startMs());
      placed[i] = start.isPresent();
      startMs[i] = start.orElse(moment.position() * MS_PER_WORD);
      begin[i] = moment.position();
      end[i] = moment.position() + lengths[i];
      byTime[i] = i;
      byPosition[i] = i;
    }
    Arrays.sort(
        byTime,
        Comparator.<Integer, Boolean>comparing(i -> placed[i]).thenComparingLong(i -> startMs[i]));
    Arrays.sort(byPosition, Comparator.comparingLong(i -> begin[i]));
    timeOf = inverse(byTime);
    positionOf = inverse(byPosition);
    weights = new int[terms.size()];
  }

  private static int[] inverse(Integer[] order) {
    int[] places = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      places[order[i]] = i;
    }
    return places;
  }

  private int number(String term) {
    Integer known = numbers.putIfAbsent(term, terms.size());
    if (known == null) {
      terms.add(term);
      return terms.size() - 1;
    }
    return known;
  }

  /** The terms of a moment and their numbers, as they are written. */
  String of(int moment) {
    add(moment, OWN + NEAR + 1);
    boolean[] near = new boolean[said.length];
    near[moment] = true;
    for (int step = -1; step <= 1; step += 2) {
      for (int at = timeOf[moment] + step; at >= 0 && at < byTime.length; at += step) {
        int other = byTime[at];
        long apart = Math.abs(startMs[other] - startMs[moment]);
        if (placed[other] != placed[moment] || apart > FAR_MS) {
          break;
        }
        near[other] = true;
        add(other, apart <= NEAR_MS ? NEAR + 1 : 1);
      }
    }
    for (int step = -1; step <= 1; step += 2) {
      for (int at = positionOf[moment] + step; at >= 0 && at < byPosition.length; at += step) {
        int other = byPosition[at];
        long between = Math.max(begin[other] - end[moment], begin[moment] - end[other]);
        if (between > Mapping.AROUND_WORDS) {
          break;
        }
        if (!near[other]) {
          near[other] = true;
          add(other, 1);
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (int term : touched) {
      text.append(text.isEmpty() ? "" : " ");
      text.append(OpenSearchTerms.counted(terms.get(term), weights[term]));
      weights[term] = 0;
    }
    touched.clear();
    return text.toString();
  }

  private void add(int moment, int weight) {
    for (int term : said[moment]) {
      if (weights[term] == 0) {
        touched.add(term);
      }
      weights[term] += weight;
    }
  }
}
