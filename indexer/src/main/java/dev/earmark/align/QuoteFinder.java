package dev.earmark.align;

import dev.earmark.text.PlainWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds where quoted words were said.
 *
 * <p>Seed and extend, as BLAST does for proteins (S. F. Altschul et al., <i>Basic local alignment
 * search tool</i>, 1990): runs of one to three words of the quote that are rare in the recording
 * select a few diagonals, and a {@link LocalAlignment} is made only there. So ten hours cost no
 * more than one.
 *
 * <p>Not thread-safe.
 */
final class QuoteFinder {
  /** A longer text is searched by its first words only. */
  static final int MOST_WORDS = 400;

  /** Runs that come more often tell nothing of the place. */
  private static final int[] MOST_OFTEN = {6, 24, 48};

  /** Where a smaller share of the words is said, it is a turn of phrase that both have. */
  private static final double LEAST_MATCHED = 0.5;

  private static final int BUCKET = 16;
  private static final int CANDIDATES = 8;
  private static final long SAME_PLACE_MS = 30_000;

  /**
   * A place where a quote may have been said.
   *
   * @param first the place in the timeline of its first word
   * @param last that of its last
   * @param startMs when the first word is said
   * @param endMs when the last has been said
   * @param score of the alignment
   * @param coverage the share of the quote, by weight, that is said there
   * @param tightness the share of what is said there, by weight, that is in the quote
   * @param evidence the weight of what both have
   * @param matched how many words both have
   * @param verbatim whether the quote is said there word for word
   */
  record Place(
      int first,
      int last,
      long startMs,
      long endMs,
      double score,
      double coverage,
      double tightness,
      double evidence,
      int matched,
      boolean verbatim) {}

  private final SpokenTimeline timeline;
  private final WordWeights weights;
  private final NgramIndex[] indexes = new NgramIndex[MOST_OFTEN.length];

  QuoteFinder(SpokenTimeline timeline) {
    this.timeline = timeline;
    weights = new WordWeights(timeline.counts());
    int[] row = new int[timeline.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = timeline.word(i);
    }
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = new NgramIndex(row, row.length, i + 1);
    }
  }

  /** The places where a text may have been said, the likeliest first; each place once. */
  List<Place> find(CharSequence text) {
    int[] all = PlainWords.of(text, timeline.vocabulary()).numbers();
    int[] query = all.length > MOST_WORDS ? Arrays.copyOf(all, MOST_WORDS) : all;
    List<Place> places = new ArrayList<>();
    for (int diagonal : diagonals(query)) {
      Place place = extend(query, diagonal);
      if (place != null) {
        places.add(place);
      }
    }
    places.sort(Comparator.comparingDouble(Place::score).reversed());
    List<Place> distinct = new ArrayList<>();
    for (Place place : places) {
      if (distinct.stream().noneMatch(other -> samePlace(place, other))) {
        distinct.add(place);
      }
    }
    return distinct;
  }

  private static boolean samePlace(Place a, Place b) {
    return Math.abs(a.startMs() - b.startMs()) <= SAME_PLACE_MS;
  }

  /** The differences, place minus word, on which most of the rare runs lie, best first. */
  private List<Integer> diagonals(int[] query) {
    Map<Integer, Double> buckets = new HashMap<>();
    for (int at = 0; at < query.length; at++) {
      for (int i = indexes.length - 1; i >= 0; i--) {
        NgramIndex index = indexes[i];
        int first = index.first(query, at);
        int count = index.count(query, at, first, MOST_OFTEN[i] + 1);
        if (count > 0 && count <= MOST_OFTEN[i]) {
          for (int entry = first; entry < first + count; entry++) {
            int diagonal = index.place(entry) - at;
            double worth = index.length() / Math.sqrt(count);
            buckets.merge(Math.floorDiv(diagonal, BUCKET), worth, Double::sum);
          }
          break;
        }
      }
    }
    List<Map.Entry<Integer, Double>> best = new ArrayList<>();
    buckets.forEach((bucket, worth) -> {
      double beside = buckets.getOrDefault(bucket + 1, 0.0);
      best.add(Map.entry(bucket, worth + beside));
    });
    best.sort(
        Map.Entry.<Integer, Double>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    return best.stream().limit(CANDIDATES).map(entry -> (entry.getKey() + 1) * BUCKET).toList();
  }

  private @Nullable Place extend(int[] query, int diagonal) {
    int slack = BUCKET + 8 + query.length / 2;
    int from = Math.max(0, diagonal - slack);
    int to = Math.min(timeline.size(), diagonal + query.length + slack);
    if (from >= to) {
      return null;
    }
    LocalAlignment found = LocalAlignment.of(query, timeline, from, to, weights);
    int first = found.first();
    if (first < 0) {
      return null;
    }
    int last = found.last();
    double shared = 0;
    double wanted = 0;
    int matched = 0;
    int same = 0;
    for (int i = 0; i < query.length; i++) {
      double weight = weights.of(query[i]);
      wanted += weight;
      int place = found.places()[i];
      if (place >= 0) {
        shared += weight;
        matched++;
        same += timeline.word(place) == query[i] ? 1 : 0;
      }
    }
    double said = 0;
    int words = 0;
    for (int place = first; place <= last; place++) {
      if (timeline.word(place) != SpokenTimeline.BREAK) {
        said += weights.of(timeline.word(place));
        words++;
      }
    }
    if (matched < LEAST_MATCHED * query.length) {
      return null;
    }
    int begin = withUnmatched(found, first);
    return new Place(
        begin,
        last,
        timeline.startMs(begin),
        Math.max(timeline.startMs(begin), timeline.endMs(last)),
        found.score(),
        shared / wanted,
        Math.min(1, shared / said),
        shared,
        matched,
        same == query.length && words == same);
  }

  /** The place of the quote's first word, if only that or the next were said otherwise. */
  private int withUnmatched(LocalAlignment found, int first) {
    int unmatched = 0;
    while (found.places()[unmatched] < 0) {
      unmatched++;
    }
    int begin = first;
    while (unmatched > 0
        && unmatched <= 3
        && begin > 0
        && timeline.word(begin - 1) != SpokenTimeline.BREAK) {
      begin--;
      unmatched--;
    }
    return begin;
  }
}
