package dev.earmark.bench;

import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A timed digest of a recording, as a program makes one: of every minute or two what is said there
 * and hardly elsewhere, in the order of the speech, with the time of the stretch and of no word.
 */
final class Digest {
  private static final long STRETCH_MS = 100_000;
  private static final int KEPT = 25;

  private Digest() {}

  /** The digest of a source whose moments are placed. */
  static SourceDocument of(SourceDocument speech) {
    Map<Long, List<Moment>> stretches = new LinkedHashMap<>();
    for (Moment moment : speech.moments()) {
      moment
          .anchor()
          .span()
          .ifPresent(span ->
              stretches
                  .computeIfAbsent(span.startMs() / STRETCH_MS, n -> new ArrayList<>())
                  .add(moment));
    }
    Map<String, Integer> spread = new HashMap<>();
    stretches
        .values()
        .forEach(in -> counts(in).keySet().forEach(w -> spread.merge(w, 1, Integer::sum)));
    List<Moment> moments = new ArrayList<>();
    for (List<Moment> in : stretches.values()) {
      long start = in.getFirst().anchor().span().orElseThrow().startMs();
      long end = in.getLast().anchor().span().orElseThrow().endMs();
      moments.add(
          Moment.builder(Kind.SEGMENT, telling(in, spread, stretches.size()))
              .anchor(Anchor.exact(TimeSpan.ofMillis(start, Math.max(start, end))))
              .build());
    }
    return new SourceDocument("digest", "text", speech.language(), moments);
  }

  private static String telling(List<Moment> in, Map<String, Integer> spread, int stretches) {
    Map<String, Integer> counts = counts(in);
    List<String> order = List.copyOf(counts.keySet());
    List<String> best = new ArrayList<>(order);
    best.sort(
        Comparator.comparingDouble(word ->
            -(1 + Math.log(counts.getOrDefault(word, 1)))
                * Math.log((double) stretches / spread.getOrDefault(word, 1))));
    TreeSet<String> kept = new TreeSet<>(Comparator.comparingInt(order::indexOf));
    kept.addAll(best.subList(0, Math.min(KEPT, best.size())));
    return String.join(" ", kept);
  }

  private static Map<String, Integer> counts(List<Moment> in) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Moment moment : in) {
      Words words = Words.of(moment.text());
      for (int i = 0; i < words.count(); i++) {
        counts.merge(words.folded(i), 1, Integer::sum);
      }
    }
    return counts;
  }
}
