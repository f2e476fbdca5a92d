package dev.earmark.align;

import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a quotation, a prediction or a claim the speaker of the words it is placed on, where its
 * own source names none.
 *
 * <p>That is whoever says four fifths of the words in its stretch of a transcript. What is placed
 * by its section alone may be said anywhere in it, and gets nobody. Immutable and thread-safe.
 */
final class SpeakerPlacer {
  private static final Set<Kind> SAID = Set.of(Kind.QUOTE, Kind.PREDICTION, Kind.FACT);
  private static final Set<String> BY_WORDS = Set.of("quote", "transcript");
  private static final double MOST = 0.8;

  /** How long what has only a start is taken to be. */
  private static final long OPEN_MS = 10_000;

  private final List<Moment> turns = new ArrayList<>();
  private long longest;

  SpeakerPlacer(List<SourceDocument> sources) {
    for (SourceDocument source : sources) {
      for (Moment moment : source.moments()) {
        TimeSpan span = moment.anchor().span().orElse(null);
        if (moment.kind() == Kind.SEGMENT && moment.speaker() != null && span != null) {
          turns.add(moment);
          longest = Math.max(longest, span.durationMs());
        }
      }
    }
    turns.sort(Comparator.comparingLong(SpeakerPlacer::start));
  }

  private static long start(Moment moment) {
    return moment.anchor().span().map(TimeSpan::startMs).orElse(0L);
  }

  /** The moment, with its speaker if the transcript tells. */
  Moment place(Moment moment) {
    boolean byWords =
        moment.anchor() instanceof Anchor.Exact
            || (moment.anchor() instanceof Anchor.Estimated estimated
                && BY_WORDS.contains(estimated.how()));
    TimeSpan span = moment.anchor().span().orElse(null);
    if (moment.speaker() != null || !SAID.contains(moment.kind()) || !byWords || span == null) {
      return moment;
    }
    long end = span.durationMs() > 0 ? span.endMs() : span.startMs() + OPEN_MS;
    Map<String, Integer> words = words(span.startMs(), end);
    int all = words.values().stream().mapToInt(Integer::intValue).sum();
    for (Map.Entry<String, Integer> one : words.entrySet()) {
      if (one.getValue() >= MOST * all) {
        return moment.toBuilder().speaker(one.getKey()).build();
      }
    }
    return moment;
  }

  /** How many words each says in a stretch. */
  private Map<String, Integer> words(long from, long to) {
    Map<String, Integer> words = new HashMap<>();
    for (int i = firstFrom(from - longest); i < turns.size() && start(turns.get(i)) < to; i++) {
      Moment turn = turns.get(i);
      TimeMap times = turn.times();
      int count = 0;
      for (int word = 0; times != null && word < times.words(); word++) {
        count += times.endOf(word) > from && times.startOf(word) < to ? 1 : 0;
      }
      if (count > 0 && turn.speaker() != null) {
        words.merge(turn.speaker(), count, Integer::sum);
      }
    }
    return words;
  }

  /** The first turn that starts at an instant or later. */
  private int firstFrom(long startMs) {
    int low = 0;
    int high = turns.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (start(turns.get(middle)) < startMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
