package dev.earmark.align;

import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Places the sections of a document, and then their contents, in the order of the talk.
 *
 * <p>First the sections divide the timeline among themselves ({@link OrderedStretches} over {@link
 * Affinity}); then the moments of each section divide its stretch. Sections and moments that fit
 * nowhere stay unplaced. One that already has a place, from its source or as a quote, holds its
 * section there. Lists without an order, such as glossaries, are placed one by one. Not
 * thread-safe.
 */
final class OutlinePlacer {
  private static final String ORDERED = "order+words";
  private static final String ALONE = "words";
  private static final String INHERITED = "section";

  /** Kinds that are listed in any order. */
  private static final Set<Kind> UNORDERED =
      EnumSet.of(Kind.TERM, Kind.TECHNOLOGY, Kind.TAKEAWAY, Kind.MENTION);

  /** More moments than this are a heap of text, not a document about one recording. */
  private static final int MOST_PARTS = 4_000;

  /** Bounds what parts and cells take together, to some tens of megabytes. */
  private static final int MOST_PRODUCT = 2_000_000;

  /** Begins this far apart are the same to somebody who wants to listen. */
  private static final long NEAR_MS = 60_000;

  /** A section begins with the sentence before the first word that tells. */
  private static final long LEAD_MS = 20_000;

  /** How much of what a document does not fit is forgiven if its order is right beyond doubt. */
  private static final double LENIENCE = 0.8;

  /** A document of which less than this fits anywhere is not about this recording. */
  private static final double LEAST_FIT = 0.05;

  /** What a cell has to say for a part, as the logarithm of how much likelier it makes it. */
  private static final double LEAST_TOLD = 0.1;

  /** How much a moment whose place is sure binds its section to that cell. */
  private static final double BOND = 5;

  /** The same where the source itself says so. */
  private static final double MUST = 60;

  private final SpokenTimeline timeline;
  private final Known known;
  private final List<WordBag> bags = new ArrayList<>();
  private final Cells cells;

  /**
   * A section with a stretch.
   *
   * @param items the numbers of its moments, its heading among them
   */
  record Placed(List<Integer> items, TimeSpan at, double confidence) {
    /** Whether an instant lies in the stretch or near it. */
    boolean reaches(long ms) {
      return ms >= at.startMs() - NEAR_MS && ms <= at.endMs() + NEAR_MS;
    }
  }

  /**
   * @param known of one source; what is found is put there
   */
  OutlinePlacer(SpokenTimeline timeline, Known known) {
    this.timeline = timeline;
    this.known = known;
    for (int item = 0; item < Math.min(known.size(), MOST_PARTS); item++) {
      WordBag bag = new WordBag();
      bag.add(known.moment(item).text(), timeline.vocabulary());
      bags.add(bag);
    }
    cells = Cells.of(timeline, MOST_PRODUCT / Math.max(1, bags.size()));
  }

  /** Finds what can be found; returns the sections that have a stretch. */
  List<Placed> place() {
    List<Placed> placed = new ArrayList<>();
    if (known.size() > MOST_PARTS) {
      return placed;
    }
    placeAlone();
    List<DocumentOutline.Section> sections = ordered();
    if (sections.size() == 1 && sections.getFirst().heading() < 0) {
      placeItems(sections.getFirst(), 0, cells.count(), 1);
      return placed;
    }
    float[][] affinity = affinity(sections);
    List<OrderedStretches.Stretch> stretches =
        new OrderedStretches(affinity, !cells.isSpeech())
            .all(cells.starts(0, cells.count()), NEAR_MS);
    double fit = fit(affinity, stretches);
    for (int i = 0; i < sections.size(); i++) {
      DocumentOutline.Section section = sections.get(i);
      OrderedStretches.Stretch stretch = stretches.get(i);
      double confidence = Calibration.ORDER.confidence(stretch.raw() * fit);
      if (confidence >= Calibration.FLOOR && tells(affinity[i], stretch)) {
        TimeSpan at = span(stretch.from(), stretch.to());
        placed.add(new Placed(section.all(), at, confidence));
        if (section.heading() >= 0) {
          known.claim(section.heading(), at, confidence, ORDERED);
        }
        placeItems(section, stretch.from(), stretch.to(), confidence);
      }
    }
    placeParents(sections);
    return placed;
  }

  /** Whether a moment was placed here: in a stretch, wherever in it. */
  static boolean isStretch(Anchor anchor) {
    return anchor instanceof Anchor.Estimated estimated
        && (estimated.how().equals(ORDERED)
            || estimated.how().equals(ALONE)
            || estimated.how().equals(INHERITED));
  }

  /** What else stands in a placed section lies in its stretch, wherever in it. */
  static void placeRest(Known known, List<Placed> sections) {
    for (Placed section : sections) {
      for (int item : section.items()) {
        known.claim(item, section.at(), section.confidence(), INHERITED);
      }
    }
  }

  /**
   * How well a document as a whole fits: one about another recording fits nowhere well, and in any
   * order as well as in its own.
   */
  private double fit(float[][] affinity, List<OrderedStretches.Stretch> stretches) {
    double mean = stretches.stream().mapToDouble(OrderedStretches.Stretch::raw).average().orElse(0);
    if (mean < LEAST_FIT) {
      return 0;
    }
    OrderEvidence.Result order = OrderEvidence.of(affinity, !cells.isSpeech());
    double fit = Math.sqrt(mean);
    return order.belongs() * (fit + LENIENCE * order.sure() * (1 - fit));
  }

  /** Whether any of a stretch speaks for it, rather than the order alone. */
  private static boolean tells(float[] affinity, OrderedStretches.Stretch stretch) {
    for (int cell = stretch.from(); cell < stretch.to(); cell++) {
      if (affinity[cell] >= LEAST_TOLD) {
        return true;
      }
    }
    return false;
  }

  private boolean isOrdered(int item) {
    return !UNORDERED.contains(known.moment(item).kind())
        && !(timeline.isSpoken() && TranscriptPlacer.isOpen(known, item));
  }

  private void placeAlone() {
    for (int item = 0; item < known.size(); item++) {
      if (known.isOpen(item) && UNORDERED.contains(known.moment(item).kind())) {
        float[][] affinity = Affinity.of(List.of(bags.get(item)), cells, 0, cells.count());
        bind(affinity[0], 0, List.of(item), -1);
        OrderedStretches.Stretch stretch =
            new OrderedStretches(affinity, !cells.isSpeech())
                .all(cells.starts(0, cells.count()), NEAR_MS)
                .getFirst();
        double confidence = Calibration.ALONE.confidence(stretch.raw());
        known.claim(item, span(stretch.from(), stretch.to()), confidence, ALONE);
      }
    }
  }

  /** The sections that take part: those that have something to place, or hold others in place. */
  private List<DocumentOutline.Section> ordered() {
    List<DocumentOutline.Section> ordered = new ArrayList<>();
    long latest = -1;
    for (DocumentOutline.Section section : DocumentOutline.of(known).sections()) {
      List<Integer> items = section.items().stream().filter(this::isOrdered).toList();
      boolean open = items.stream().anyMatch(known::isOpen);
      int heading = section.heading();
      if (heading >= 0 && known.anchor(heading) instanceof Anchor.Exact exact) {
        boolean inOrder = exact.at().startMs() > latest;
        latest = Math.max(latest, exact.at().startMs());
        open |= inOrder;
      } else {
        open |= heading >= 0;
      }
      if (open) {
        ordered.add(new DocumentOutline.Section(section.path(), heading, items));
      }
    }
    return ordered;
  }

  private float[][] affinity(List<DocumentOutline.Section> sections) {
    List<WordBag> parts = new ArrayList<>();
    for (DocumentOutline.Section section : sections) {
      WordBag bag = new WordBag();
      section.all().forEach(item -> bag.add(bags.get(item)));
      parts.add(bag);
    }
    float[][] affinity = Affinity.of(parts, cells, 0, cells.count());
    for (int i = 0; i < sections.size(); i++) {
      bind(affinity[i], 0, sections.get(i).all(), sections.get(i).heading());
    }
    return affinity;
  }

  /**
   * Makes a part prefer, or have to have, the cells that its moments are known to be about.
   *
   * @param first the one with which the part begins, or -1
   */
  private void bind(float[] affinity, int from, List<Integer> items, int first) {
    float[] bonds = new float[affinity.length];
    for (int item : items) {
      for (Known.Bond bond : known.bonds(item)) {
        bind(bonds, cells.at(bond.atMs()) - from, BOND * bond.sure() * bond.sure());
      }
      TimeSpan span = known.span(item);
      if (span != null) {
        boolean exact = known.anchor(item) instanceof Anchor.Exact;
        int cell = cells.at(span.startMs()) - from;
        bind(bonds, cell, exact ? MUST : BOND * known.sure(item) * known.sure(item));
        if (exact && item == first) {
          Arrays.fill(bonds, 0, Math.max(0, Math.min(cell, bonds.length)), (float) -MUST);
        }
      }
    }
    for (int cell = 0; cell < affinity.length; cell++) {
      affinity[cell] += bonds[cell];
    }
  }

  /** Two reasons for one cell are as good as the better of them: quotes repeat each other. */
  private static void bind(float[] bonds, int cell, double strength) {
    if (cell >= 0 && cell < bonds.length) {
      bonds[cell] = Math.max(bonds[cell], (float) strength);
    }
  }

  private void placeItems(DocumentOutline.Section section, int from, int to, double sure) {
    List<Integer> items =
        section.items().stream().filter(item -> known.moment(item).kind() != Kind.QUOTE).toList();
    if (items.isEmpty() || (items.size() == 1 && section.heading() >= 0)) {
      return;
    }
    float[][] affinity = Affinity.of(items.stream().map(bags::get).toList(), cells, from, to);
    for (int i = 0; i < items.size(); i++) {
      bind(affinity[i], from, List.of(items.get(i)), items.get(i));
    }
    List<OrderedStretches.Stretch> stretches =
        new OrderedStretches(affinity, !cells.isSpeech()).all(cells.starts(from, to), NEAR_MS);
    double fit = fit(affinity, stretches);
    for (int i = 0; i < items.size(); i++) {
      OrderedStretches.Stretch stretch = stretches.get(i);
      double confidence = Calibration.ORDER.confidence(stretch.raw() * fit) * sure;
      if (tells(affinity[i], stretch)) {
        TimeSpan at = span(from + stretch.from(), from + stretch.to());
        known.claim(items.get(i), at, Math.round(confidence * 100) / 100.0, ORDERED);
      }
    }
  }

  /** The time of some cells, begun where something begins. */
  private TimeSpan span(int from, int to) {
    long start = timeline.startBefore(cells.startMs(from), LEAD_MS);
    long end = cells.endMs(to - 1, timeline.durationMs());
    return TimeSpan.ofMillis(start, Math.max(start, Math.min(end, timeline.durationMs())));
  }

  /** A heading with nothing but sections below it spans those. */
  private void placeParents(List<DocumentOutline.Section> sections) {
    Set<Integer> bare = new HashSet<>();
    for (int i = sections.size() - 1; i >= 0; i--) {
      DocumentOutline.Section parent = sections.get(i);
      if (parent.heading() < 0 || !parent.items().isEmpty()) {
        continue;
      }
      List<Integer> below = new ArrayList<>();
      for (int j = i + 1; j < sections.size() && parent.holds(sections.get(j)); j++) {
        int child = sections.get(j).heading();
        if (child >= 0 && known.span(child) != null && !bare.contains(child)) {
          below.add(child);
        }
      }
      bare.add(parent.heading());
      spanAll(parent.heading(), below);
    }
  }

  private void spanAll(int heading, List<Integer> below) {
    int first = below.stream().min(Comparator.comparingLong(this::startMs)).orElse(-1);
    if (first >= 0) {
      long end = below.stream().mapToLong(this::endMs).max().orElse(0);
      TimeSpan at = TimeSpan.ofMillis(startMs(first), Math.max(startMs(first), end));
      known.claim(heading, at, known.sure(first), ORDERED);
    }
  }

  private long startMs(int item) {
    TimeSpan span = known.span(item);
    return span == null ? 0 : span.startMs();
  }

  private long endMs(int item) {
    TimeSpan span = known.span(item);
    return span == null ? 0 : span.endMs();
  }
}
