package dev.earmark.page;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.search.Hit;
import dev.earmark.search.Hit.Range;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds its way in the texts of moments. */
final class MomentText {
  private MomentText() {}

  /** The part of an address that names a moment on the page of its episode. */
  static String anchor(StoredMoment moment) {
    return "#" + id(moment);
  }

  /** What names a moment on the page of its episode. */
  static String id(StoredMoment moment) {
    return "m-" + moment.ordinal();
  }

  /**
   * The part of a text to show below its title: without the price it begins with and the horizon it
   * ends with in brackets, as the page shows those apart. They stay if a search found something in
   * them.
   *
   * @param from where the text goes on after its title
   */
  static Range body(String text, List<Range> marked, Moment moment, int from) {
    int start = from;
    String price = moment.details().get("value") + " — ";
    if (text.startsWith(price, from) && isUnmarked(marked, from, from + price.length())) {
      start = from + price.length();
    }
    int end = text.length();
    String horizon = " [" + moment.details().get("horizon") + "]";
    if (text.endsWith(horizon) && isUnmarked(marked, end - horizon.length(), end)) {
      end -= horizon.length();
    }
    return new Range(start, Math.max(start, end));
  }

  private static boolean isUnmarked(List<Range> marked, int from, int to) {
    return marked.stream().noneMatch(range -> range.from() < to && range.to() > from);
  }

  /**
   * Where matches lie in the texts of an episode's moments.
   *
   * @param byMoment for the id of each moment with a match its ranges, in order; they may overlap
   * @param ofMatch the range of each match in the moment it begins in; null if it was not found
   */
  record Located(Map<String, List<Range>> byMoment, @Nullable Range[] ofMatch) {}

  /**
   * Looks for matches in the texts of an episode's moments.
   *
   * <p>A match names the moment it begins in, the words it covers and, in speech, when the first of
   * them is said; that is looked for in its text, in order. What runs on into the next moments is
   * marked there too.
   */
  static Located locate(List<StoredMoment> moments, List<Hit.Match> matches) {
    Map<String, List<Integer>> matchesOf = new HashMap<>();
    for (int i = 0; i < matches.size(); i++) {
      matchesOf.computeIfAbsent(matches.get(i).momentId(), id -> new ArrayList<>()).add(i);
    }
    Located located = new Located(new HashMap<>(), new Range[matches.size()]);
    for (int i = 0; i < moments.size(); i++) {
      List<Integer> here = matchesOf.get(moments.get(i).id());
      if (here != null) {
        locate(moments, i, matches, here, located);
      }
    }
    located.byMoment().values().forEach(list -> list.sort(Comparator.comparingInt(Range::from)));
    return located;
  }

  private static void locate(
      List<StoredMoment> moments,
      int index,
      List<Hit.Match> matches,
      List<Integer> here,
      Located located) {
    Moment moment = moments.get(index).moment();
    Words words = Words.of(moment.text());
    String[] folded = words.folded();
    int before = -1;
    int after = 0;
    for (int match : here) {
      String[] wanted = Words.of(matches.get(match).text()).folded();
      int first = timed(folded, wanted, before + 1, moment.times(), matches.get(match).atMs());
      if (first < 0) {
        first = find(folded, wanted, after);
      }
      if (first < 0) {
        // Matches of a phrase may overlap.
        first = find(folded, wanted, before + 1);
      }
      if (first < 0) {
        continue;
      }
      int taken = Math.min(wanted.length, folded.length - first);
      before = first;
      after = first + taken;
      located.ofMatch()[match] = add(located, moments.get(index), words, first, taken);
      runOn(moments, index + 1, wanted.length - taken, located);
    }
  }

  /** The first word that is spoken at an instant and from which on the wanted ones stand. */
  private static int timed(
      String[] words, String[] wanted, int from, @Nullable TimeMap times, @Nullable Long atMs) {
    if (times == null || atMs == null) {
      return -1;
    }
    for (int first = find(words, wanted, from);
        first >= 0 && first < times.words() && times.startOf(first) <= atMs;
        first = find(words, wanted, first + 1)) {
      if (times.startOf(first) == atMs) {
        return first;
      }
    }
    return -1;
  }

  /** Marks the first words of the moments that go on from the one before. */
  private static void runOn(List<StoredMoment> moments, int index, int count, Located located) {
    int left = count;
    for (int next = index; left > 0 && next < moments.size(); next++) {
      StoredMoment following = moments.get(next);
      if (!following.moment().continues()) {
        return;
      }
      Words words = Words.of(following.moment().text());
      int taken = Math.min(left, words.count());
      if (taken > 0) {
        add(located, following, words, 0, taken);
      }
      left -= taken;
    }
  }

  /** The first word from which on the wanted ones stand, up to the end of the text; -1 if none. */
  private static int find(String[] words, String[] wanted, int from) {
    if (wanted.length == 0) {
      return -1;
    }
    for (int first = from; first < words.length; first++) {
      int same = 0;
      while (same < wanted.length
          && first + same < words.length
          && words[first + same].equals(wanted[same])) {
        same++;
      }
      if (same == wanted.length || first + same == words.length) {
        return first;
      }
    }
    return -1;
  }

  private static Range add(
      Located located, StoredMoment moment, Words words, int first, int count) {
    Range range = new Range(words.start(first), words.end(first + count - 1));
    located.byMoment().computeIfAbsent(moment.id(), id -> new ArrayList<>()).add(range);
    return range;
  }
}
