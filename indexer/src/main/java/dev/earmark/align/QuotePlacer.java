package dev.earmark.align;

import dev.earmark.model.Kind;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Places quotes: finds each part of a quote with {@link QuoteFinder}, joins the parts, and scores
 * the result.
 *
 * <p>Not thread-safe.
 */
final class QuotePlacer {
  /** Parts that an ellipsis joins were said within this time of each other. */
  private static final long FARTHEST_MS = 10 * 60_000L;

  /** A quote of parts is one stretch of speech if no more than this lies between them. */
  private static final long ONE_STRETCH_MS = 60_000;

  private static final int SHORTEST_PART = 3;

  /** How much has to match for it to be no chance. */
  private static final double SPOKEN = 12;

  /** The same where most of the talk is not at hand, and the words may come again unseen. */
  private static final double RETOLD = 150;

  /** What it is worth that a summary of minutes has the words. */
  private static final double IN_SUMMARY = 0.3;

  private static final String HOW = "quote";

  private final SpokenTimeline timeline;
  private final QuoteFinder finder;

  QuotePlacer(SpokenTimeline timeline) {
    this.timeline = timeline;
    finder = new QuoteFinder(timeline);
  }

  /**
   * A place where a quote may have been said.
   *
   * @param at from its first word to its last
   * @param raw how well it fits, 0 to 1, as if there were no other
   */
  record Candidate(TimeSpan at, double raw) {}

  /** The places of a quote, best first; of those as good as each other the first said. */
  List<Candidate> find(String quote) {
    List<String> parts = parts(quote);
    List<QuoteFinder.Place> first = finder.find(parts.getFirst());
    List<Candidate> candidates = new ArrayList<>();
    if (parts.size() == 1) {
      for (QuoteFinder.Place place : first) {
        candidates.add(new Candidate(span(place, place), raw(place)));
      }
    } else {
      List<List<QuoteFinder.Place>> later = new ArrayList<>();
      for (String part : parts.subList(1, parts.size())) {
        later.add(finder.find(part));
      }
      for (QuoteFinder.Place place : first) {
        candidates.add(joined(place, later));
      }
    }
    candidates.sort((a, b) -> {
      int better = Double.compare(Math.rint(b.raw() * 50), Math.rint(a.raw() * 50));
      return better != 0 ? better : Long.compare(a.at().startMs(), b.at().startMs());
    });
    return candidates;
  }

  private Candidate joined(QuoteFinder.Place first, List<List<QuoteFinder.Place>> later) {
    double evidence = first.evidence();
    double fit = first.evidence() * raw(first);
    double wanted = first.evidence() / first.coverage();
    QuoteFinder.Place last = first;
    for (List<QuoteFinder.Place> places : later) {
      QuoteFinder.Place next = next(places, last);
      double part = places.isEmpty() ? 1 : places.getFirst().evidence();
      wanted += part;
      if (next != null) {
        evidence += next.evidence();
        fit += next.evidence() * raw(next);
        last = last.endMs() + ONE_STRETCH_MS >= next.startMs() ? next : last;
      }
    }
    double share = Math.min(1, evidence / wanted);
    return new Candidate(span(first, last), fit / evidence * (0.5 + share / 2));
  }

  private static QuoteFinder.@Nullable Place next(
      List<QuoteFinder.Place> places, QuoteFinder.Place before) {
    return places.stream()
        .filter(place ->
            place.startMs() >= before.startMs() && place.startMs() <= before.endMs() + FARTHEST_MS)
        .findFirst()
        .orElse(null);
  }

  private TimeSpan span(QuoteFinder.Place first, QuoteFinder.Place last) {
    boolean endKnown = last.endMs() > first.startMs();
    return endKnown
        ? TimeSpan.ofMillis(first.startMs(), last.endMs())
        : TimeSpan.from(Timestamp.clamped(first.startMs()));
  }

  /**
   * How well a place fits: all of the quote, nothing but the quote, and enough of it not to be met
   * by chance.
   */
  private double raw(QuoteFinder.Place place) {
    SpokenTimeline.Passage passage = timeline.passageAt(place.first());
    double rarity = place.evidence() * place.matched();
    double enough = 1 - Math.exp(-rarity / (passage.spoken() ? SPOKEN : RETOLD));
    boolean vague = !passage.spoken() && passage.endMs() - passage.startMs() > ONE_STRETCH_MS;
    double sure = passage.confidence() * (vague ? IN_SUMMARY : 1);
    return place.coverage() * place.coverage() * Math.sqrt(place.tightness()) * enough * sure;
  }

  /** What stands between the ellipses of a quote; short pieces go with what stands before them. */
  private static List<String> parts(String quote) {
    List<String> parts = new ArrayList<>();
    for (String part : quote.replace("...", "…").split("…")) {
      int words = Words.of(part).count();
      boolean afterShort = !parts.isEmpty() && Words.of(parts.getLast()).count() < SHORTEST_PART;
      if (!parts.isEmpty() && (words < SHORTEST_PART || afterShort)) {
        parts.set(parts.size() - 1, parts.getLast() + " " + part);
      } else {
        parts.add(part);
      }
    }
    return parts.isEmpty() ? List.of(quote) : parts;
  }

  /** A quote that was said, or may have been, at more than one place. */
  record Doubtful(int item, List<Candidate> candidates) {}

  /**
   * Places the quotes that were clearly said at one place, and binds paragraphs to where what they
   * quote was said.
   *
   * @return the quotes that may have been said at several
   */
  List<Doubtful> place(Known known) {
    List<Doubtful> doubtful = new ArrayList<>();
    for (int item = 0; item < known.size(); item++) {
      if (!known.isOpen(item) || TranscriptPlacer.isOpen(known, item)) {
        continue;
      }
      if (known.moment(item).kind() == Kind.QUOTE) {
        List<Candidate> candidates = find(known.moment(item).body());
        if (!candidates.isEmpty()) {
          known.claim(item, candidates.getFirst().at(), confidence(candidates), HOW);
          if (known.isOpen(item)) {
            doubtful.add(new Doubtful(item, candidates));
          }
        }
      } else {
        for (String quoted : QuotedWords.in(known.moment(item).text())) {
          List<Candidate> candidates = find(quoted);
          if (!candidates.isEmpty() && confidence(candidates) >= Calibration.FLOOR) {
            known.bond(item, candidates.getFirst().at().startMs(), confidence(candidates));
          }
        }
      }
    }
    return doubtful;
  }

  /** Places doubtful quotes of which one place lies in the stretch of the section they stand in. */
  void place(Known known, List<Doubtful> doubtful, List<OutlinePlacer.Placed> sections) {
    Map<Integer, OutlinePlacer.Placed> byItem = new HashMap<>();
    sections.forEach(section -> section.items().forEach(item -> byItem.put(item, section)));
    for (Doubtful quote : doubtful) {
      OutlinePlacer.Placed section = byItem.get(quote.item());
      if (section != null) {
        List<Candidate> there =
            quote.candidates().stream()
                .filter(candidate -> section.reaches(candidate.at().startMs()))
                .toList();
        if (!there.isEmpty()) {
          double confidence = confidence(there) * section.confidence();
          known.claim(quote.item(), there.getFirst().at(), confidence, HOW);
        }
      }
    }
  }

  private static double confidence(List<Candidate> candidates) {
    double right = Calibration.QUOTE.confidence(candidates.getFirst().raw());
    return Math.round(right * standsOut(candidates) * 100) / 100.0;
  }

  /** The share of the best among those that fit, 1 if it is alone. */
  private static double standsOut(List<Candidate> candidates) {
    double best = candidates.getFirst().raw();
    double all = 0;
    for (Candidate candidate : candidates) {
      all += Math.pow(candidate.raw() / best, 8);
    }
    return 1 / Math.max(1, all);
  }
}
