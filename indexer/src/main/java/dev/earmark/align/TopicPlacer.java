package dev.earmark.align;

import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Places the topics that a document lists: each at the stretch in which it is discussed most.
 *
 * <p>Only moments whose time is certain count: from their source, or word by word. Those less than
 * a minute apart form one stretch. Other mentions of a topic are found through the moments
 * themselves. Linear but for sorting.
 */
final class TopicPlacer {
  private static final long APART_MS = 60_000;

  private static final String HOW = "topic";

  private final Map<String, List<TimeSpan>> spoken = new HashMap<>();

  /**
   * @param sources of one episode, with topics
   */
  TopicPlacer(List<SourceDocument> sources) {
    for (SourceDocument source : sources) {
      for (Moment moment : source.moments()) {
        boolean sure = moment.anchor() instanceof Anchor.Exact || moment.times() != null;
        if (sure && moment.kind() != Kind.TERM) {
          moment
              .anchor()
              .span()
              .ifPresent(span ->
                  moment
                      .topics()
                      .forEach(topic ->
                          spoken.computeIfAbsent(topic, t -> new ArrayList<>()).add(span)));
        }
      }
    }
    spoken.values().forEach(spans -> spans.sort(Comparator.comparing(TimeSpan::start)));
  }

  /** The moment with a place, if it is a topic whose source gives it none. */
  Moment place(Moment moment) {
    List<TimeSpan> spans = spoken.getOrDefault(moment.text(), List.of());
    if (moment.kind() != Kind.TERM || moment.anchor() instanceof Anchor.Exact || spans.isEmpty()) {
      return moment;
    }
    int first = 0;
    int most = 0;
    int mostFirst = 0;
    for (int i = 0; i < spans.size(); i++) {
      if (i > 0 && spans.get(i).startMs() > spans.get(i - 1).endMs() + APART_MS) {
        first = i;
      }
      if (i - first + 1 > most) {
        most = i - first + 1;
        mostFirst = first;
      }
    }
    double confidence = Calibration.TOPIC.confidence((double) most / spans.size());
    if (confidence < Calibration.FLOOR) {
      return moment;
    }
    long end =
        spans.subList(mostFirst, mostFirst + most).stream()
            .mapToLong(TimeSpan::endMs)
            .max()
            .orElse(0);
    long start = spans.get(mostFirst).startMs();
    TimeSpan at = TimeSpan.ofMillis(start, Math.max(start, end));
    return moment.toBuilder().anchor(Anchor.within(at, at.start(), confidence, HOW)).build();
  }
}
