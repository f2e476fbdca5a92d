package dev.earmark.align;

import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Places the sections of a document, and then what stands in them, in the order of the talk.
 *
 * <p>First all sections share the timeline out among themselves ({@link OrderedStretches} over
 * {@link Affinity}), then the moments of each section share its stretch. A section or moment that
 * fits nowhere gets nothing; one that is placed already, by its source or as a quote, holds its
 * section in place. Not thread-safe.
 */
final class OutlinePlacer {
  /** Below this confidence nothing is claimed. */
  static final double FLOOR = 0.3;

  /** More moments than this are a heap of text, not a document about one recording. */
  private static final int MOST_PARTS = 4_000;

  /** Bounds what parts and cells take together, to some tens of megabytes. */
  private static final int MOST_PRODUCT = 2_000_000;

  /** Begins this far apart are the same to somebody who wants to listen. */
  private static final long NEAR_MS = 60_000;

  /** How much an anchor that is sure binds its section to its cell. */
  private static final double BOND = 10;

  private static final double MUST = 60;

  private final Timeline timeline;
  private final List<Moment> moments;
  private final Anchor[] anchors;
  private final WordBag[] bags;
  private final Cells cells;

  /**
   * @param moments of one source
   * @param anchors what is known of each; what is found is put here
   */
  OutlinePlacer(Timeline timeline, List<Moment> moments, Anchor[] anchors) {
    this.timeline = timeline;
    this.moments = moments;
    this.anchors = anchors;
    bags = new WordBag[moments.size()];
    Arrays.setAll(bags, i -> {
      WordBag bag = new WordBag();
      bag.add(moments.get(i).text(), timeline.vocabulary());
      return bag;
    });
    int parts = Math.max(1, Math.min(MOST_PARTS, moments.size()));
    cells = Cells.of(timeline, MOST_PRODUCT / parts);
  }

  /** Finds what can be found. */
  void place() {
    if (moments.size() > MOST_PARTS) {
      return;
    }
    List<Outline.Section> sections = Outline.of(moments).sections();
    if (sections.size() == 1) {
      placeItems(sections.getFirst(), 0, cells.count(), 1);
      return;
    }
    List<WordBag> parts = new ArrayList<>();
    for (Outline.Section section : sections) {
      WordBag bag = new WordBag();
      section.all().forEach(item -> bag.add(bags[item]));
      parts.add(bag);
    }
    float[][] affinity = Affinity.of(parts, cells, 0, cells.count());
    for (int i = 0; i < sections.size(); i++) {
      for (int item : sections.get(i).all()) {
        bind(affinity[i], 0, item, item == sections.get(i).heading());
      }
    }
    OrderedStretches stretches = new OrderedStretches(affinity);
    for (int i = 0; i < sections.size(); i++) {
      OrderedStretches.Stretch stretch = stretches.stretch(i, cells.starts(0, cells.count()), NEAR_MS);
      double confidence = Calibration.SECTION.confidence(stretch.begins());
      int heading = sections.get(i).heading();
      if (confidence >= FLOOR) {
        if (heading >= 0) {
          claim(heading, stretch.from(), stretch.to(), confidence);
        }
        placeItems(sections.get(i), stretch.from(), stretch.to(), stretch.begins());
      }
    }
    placeParents(sections);
  }

  /** Makes a part prefer, or have to have, the cell of a moment that is placed. */
  private void bind(float[] affinity, int from, int item, boolean begins) {
    TimeSpan span = anchors[item].span().orElse(null);
    if (span == null) {
      return;
    }
    int cell = cells.at(span.startMs()) - from;
    if (cell < 0 || cell >= affinity.length) {
      return;
    }
    switch (anchors[item]) {
      case Anchor.Exact exact -> {
        affinity[cell] += (float) MUST;
        if (begins) {
          for (int before = 0; before < cell; before++) {
            affinity[before] -= (float) MUST;
          }
        }
      }
      case Anchor.Estimated estimated ->
          affinity[cell] += (float) (BOND * estimated.confidence() * estimated.confidence());
      case Anchor.Unplaced unplaced -> {}
    }
  }

  private void placeItems(Outline.Section section, int from, int to, double sure) {
    List<Integer> items =
        section.items().stream().filter(item -> moments.get(item).kind() != Kind.QUOTE).toList();
    if (items.isEmpty()) {
      return;
    }
    if (items.size() == 1 && section.heading() >= 0) {
      claim(items.getFirst(), from, to, Calibration.SECTION.confidence(sure));
      return;
    }
    float[][] affinity =
        Affinity.of(items.stream().map(item -> bags[item]).toList(), cells, from, to);
    for (int i = 0; i < items.size(); i++) {
      bind(affinity[i], from, items.get(i), true);
    }
    OrderedStretches stretches = new OrderedStretches(affinity);
    long[] starts = cells.starts(from, to);
    for (int i = 0; i < items.size(); i++) {
      OrderedStretches.Stretch stretch = stretches.stretch(i, starts, NEAR_MS);
      double confidence = Calibration.ITEM.confidence(stretch.begins() * sure);
      claim(items.get(i), from + stretch.from(), from + stretch.to(), confidence);
    }
  }

  private void claim(int item, int from, int to, double confidence) {
    if (confidence >= FLOOR && anchors[item] instanceof Anchor.Unplaced) {
      anchors[item] = Anchor.estimated(span(from, to), confidence, "order+words");
    }
  }

  /** The time of some cells, begun where something begins. */
  private TimeSpan span(int from, int to) {
    long start = cells.startMs(from);
    long best = Cells.SHORTEST_MS;
    long snapped = start;
    for (Timeline.Passage passage : timeline.passages()) {
      long distance = Math.abs(passage.startMs() - start);
      if (distance < best) {
        best = distance;
        snapped = passage.startMs();
      }
    }
    long end = Math.min(Math.max(timeline.durationMs(), snapped), cells.endMs(to - 1, timeline.durationMs()));
    return TimeSpan.ofMillis(snapped, Math.max(snapped, end));
  }

  /** A heading with sections below it, and no text of its own, spans those. */
  private void placeParents(List<Outline.Section> sections) {
    for (int i = sections.size() - 1; i >= 0; i--) {
      Outline.Section parent = sections.get(i);
      if (parent.heading() < 0) {
        continue;
      }
      long start = Long.MAX_VALUE;
      long end = 0;
      double confidence = 0;
      for (int j = i + 1; j < sections.size() && parent.holds(sections.get(j)); j++) {
        int child = sections.get(j).heading();
        if (child >= 0 && anchors[child].span().isPresent()) {
          TimeSpan span = anchors[child].span().get();
          if (span.startMs() < start) {
            start = span.startMs();
            confidence =
                anchors[child] instanceof Anchor.Estimated estimated ? estimated.confidence() : 1;
          }
          end = Math.max(end, span.endMs());
        }
      }
      if (confidence >= FLOOR
          && !(anchors[parent.heading()] instanceof Anchor.Exact)
          && parent.items().isEmpty()) {
        anchors[parent.heading()] =
            Anchor.estimated(TimeSpan.ofMillis(start, end), confidence, "order+words");
      }
    }
  }
}
