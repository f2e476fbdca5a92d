package dev.earmark.align;

import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.QuoteCheck;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.text.Quotations;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

  /** A quotation inside a paragraph of fewer words tells nothing of where that belongs. */
  private static final int FEWEST_QUOTED = 5;

  /** How much has to match for it to be no chance. */
  private static final double SPOKEN = 12;

  /** The same where most of the talk is not at hand, and the words may come again unseen. */
  private static final double RETOLD = 150;

  /** What it is worth that a summary of minutes has the words. */
  private static final double IN_SUMMARY = 0.3;

  /** An ellipsis, in brackets or not, and what an editor put in between in brackets. */
  private static final Pattern LEFT_OUT = Pattern.compile("\\[[^\\]]{0,80}\\]|\\.\\.\\.|…");

  static final String HOW = "quote";

  /** Of two places that fit alike neither is claimed unless the section tells them apart. */
  static final double LEAST = 0.55;

  private final SpokenTimeline timeline;
  private final QuoteFinder finder;

  QuotePlacer(SpokenTimeline timeline) {
    this.timeline = timeline;
    finder = new QuoteFinder(timeline);
  }

  /**
   * A place where a quote may have been said.
   *
   * @param at from its first word to its last; null if it is not known when that is
   * @param raw how well it fits, 0 to 1, as if there were no other
   * @param verbatim whether it was said there word for word
   * @param speaker who says it; null if that is not known
   */
  record Candidate(@Nullable TimeSpan at, double raw, boolean verbatim, @Nullable String speaker) {
    /** How likely it is, if there is no other. */
    double likely() {
      return Calibration.QUOTE.confidence(raw);
    }

    long startMs() {
      return at == null ? SpokenTimeline.NO_TIME : at.startMs();
    }
  }

  /** The places of a quote, best first; of those as good as each other the first said. */
  List<Candidate> find(String quote) {
    List<String> parts = parts(quote);
    List<QuoteFinder.Place> first = finder.find(parts.getFirst());
    List<Candidate> candidates = new ArrayList<>();
    if (parts.size() == 1) {
      for (QuoteFinder.Place place : first) {
        candidates.add(candidate(place, place, raw(place), place.verbatim()));
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
      return better != 0 ? better : Long.compare(a.startMs(), b.startMs());
    });
    return candidates;
  }

  private Candidate joined(QuoteFinder.Place first, List<List<QuoteFinder.Place>> later) {
    double evidence = first.evidence();
    double fit = first.evidence() * raw(first);
    double wanted = first.evidence() / first.coverage();
    QuoteFinder.Place last = first;
    boolean verbatim = first.verbatim();
    for (List<QuoteFinder.Place> places : later) {
      QuoteFinder.Place next = next(places, last);
      double part = places.isEmpty() ? 1 : places.getFirst().evidence();
      wanted += part;
      verbatim &= next != null && next.verbatim();
      if (next != null) {
        evidence += next.evidence();
        fit += next.evidence() * raw(next);
        last = last.endMs() + ONE_STRETCH_MS >= next.startMs() ? next : last;
      }
    }
    double share = Math.min(1, evidence / wanted);
    return candidate(first, last, fit / evidence * (0.5 + share / 2), verbatim);
  }

  private static QuoteFinder.@Nullable Place next(
      List<QuoteFinder.Place> places, QuoteFinder.Place before) {
    return places.stream()
        .filter(place ->
            place.startMs() >= before.startMs() && place.startMs() <= before.endMs() + FARTHEST_MS)
        .findFirst()
        .orElse(null);
  }

  private Candidate candidate(
      QuoteFinder.Place first, QuoteFinder.Place last, double raw, boolean verbatim) {
    TimeSpan at = first.startMs() == SpokenTimeline.NO_TIME ? null : span(first, last);
    int to = last.last() >= first.first() ? last.last() : first.last();
    return new Candidate(at, raw, verbatim, timeline.speaker(first.first(), to));
  }

  private static TimeSpan span(QuoteFinder.Place first, QuoteFinder.Place last) {
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

  /**
   * What stands between the ellipses and brackets of a quote; short pieces go with what stands
   * before them.
   */
  private static List<String> parts(String quote) {
    List<String> parts = new ArrayList<>();
    for (String part : LEFT_OUT.split(quote)) {
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
        if (isKnownUnsaid(known.moment(item))) {
          continue;
        }
        List<Candidate> candidates = timed(find(known.moment(item).body()));
        if (!candidates.isEmpty()) {
          if (confidence(candidates) >= LEAST) {
            claim(known, item, candidates.getFirst(), confidence(candidates));
          }
          if (known.isOpen(item)) {
            doubtful.add(new Doubtful(item, candidates));
          }
        }
      } else {
        for (String quoted : quotedIn(known.moment(item).text())) {
          List<Candidate> candidates = timed(find(quoted));
          if (!candidates.isEmpty() && confidence(candidates) >= Calibration.FLOOR) {
            known.bond(item, candidates.getFirst().startMs(), confidence(candidates));
          }
        }
      }
    }
    return doubtful;
  }

  private static boolean isKnownUnsaid(Moment moment) {
    QuoteCheck check = moment.check();
    return check != null && check.result() == QuoteCheck.Result.NOT_FOUND;
  }

  private static List<String> quotedIn(String text) {
    return Quotations.in(text).stream()
        .map(quotation -> quotation.in(text))
        .filter(quoted -> Words.of(quoted).count() >= FEWEST_QUOTED)
        .toList();
  }

  private static List<Candidate> timed(List<Candidate> candidates) {
    return candidates.stream().filter(candidate -> candidate.at() != null).toList();
  }

  private static void claim(Known known, int item, Candidate candidate, double confidence) {
    TimeSpan at = candidate.at();
    if (at != null) {
      known.claim(item, at, confidence, HOW);
      if (!known.isOpen(item)) {
        known.heard(item, at, candidate.speaker());
      }
    }
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
                .filter(candidate -> section.reaches(candidate.startMs()))
                .toList();
        if (!there.isEmpty()) {
          double confidence = confidence(there) * section.confidence();
          claim(known, quote.item(), there.getFirst(), confidence);
        }
      }
    }
  }

  /** How likely the first of several candidates is the right one. */
  static double confidence(List<Candidate> candidates) {
    double right = candidates.getFirst().likely();
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
