package dev.earmark.search.spoken;

import dev.earmark.text.SpokenTerms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was heard in a snapshot where more or fewer words are right, and how a phrase with such
 * words is asked for.
 *
 * <p>The text has the right words, one a position, and at each a term that stands for all that was
 * heard there ({@link dev.earmark.schema.HeardAs}). So a phrase is found if these terms take the
 * place of what was heard, also where it begins or ends within that. A phrase that leaves out a
 * part of what was heard may be found as well, and so may one that takes its words from two such
 * places side by side: each heard word also stands at the first right word.
 *
 * <p>Made once a snapshot. Immutable and thread-safe.
 */
public final class HeardWays {
  private static final int MOST_WAYS = 8;

  private final Map<String, List<Way>> byFirst = new HashMap<>();

  /** By a word but the first: the ways that have it, and where. */
  private final Map<String, List<Inner>> byInner = new HashMap<>();

  /** Words that were heard, and how many are right. */
  private record Way(List<String> heard, int right) {
    String term(int at) {
      return SpokenTerms.heardTerm(heard, right, at);
    }

    List<String> terms() {
      List<String> terms = new ArrayList<>();
      for (int at = 0; at < right; at++) {
        terms.add(term(at));
      }
      return terms;
    }
  }

  private record Inner(Way way, int at) {}

  private HeardWays(List<String> terms) {
    for (String term : terms) {
      Way way = new Way(SpokenTerms.heardWords(term), SpokenTerms.rightWords(term));
      byFirst.computeIfAbsent(way.heard.getFirst(), word -> new ArrayList<>()).add(way);
      for (int i = 1; i < way.heard.size(); i++) {
        byInner.computeIfAbsent(way.heard.get(i), word -> new ArrayList<>()).add(new Inner(way, i));
      }
    }
  }

  static HeardWays of(IndexStatistics index) throws IOException {
    return index.once(HeardWays.class, snapshot -> new HeardWays(snapshot.heard()));
  }

  /** The rows of terms that are a phrase as well, where part of it was heard for other words. */
  public static Set<List<String>> ways(List<String> phrase, IndexStatistics index)
      throws IOException {
    return of(index).ways(phrase);
  }

  private Set<List<String>> ways(List<String> phrase) {
    Set<List<String>> ways = new LinkedHashSet<>();
    if (phrase.size() > 1 && !byFirst.isEmpty()) {
      for (Inner inner : byInner.getOrDefault(phrase.getFirst(), List.of())) {
        addFromWithin(inner, phrase, ways);
      }
      add(phrase, 0, List.of(), ways);
      ways.remove(phrase);
    }
    return ways;
  }

  /** Ways of a phrase that begins within what was heard. */
  private void addFromWithin(Inner inner, List<String> phrase, Set<List<String>> ways) {
    List<String> rest = inner.way.heard.subList(inner.at, inner.way.heard.size());
    int same = same(rest, phrase);
    if (same == phrase.size()) {
      ways.add(List.of(inner.way.term(0)));
    } else if (same == rest.size() && (same > 1 || inner.way.right > 1)) {
      add(phrase, same, List.of(inner.way.term(inner.way.right - 1)), ways);
    }
  }

  /** All ways that begin with some terms and go on with the words of a phrase from one on. */
  private void add(List<String> phrase, int from, List<String> before, Set<List<String>> ways) {
    if (ways.size() >= MOST_WAYS) {
      return;
    }
    if (from == phrase.size()) {
      ways.add(before);
      return;
    }
    List<String> rest = phrase.subList(from, phrase.size());
    for (Way way : byFirst.getOrDefault(rest.getFirst(), List.of())) {
      int same = same(way.heard, rest);
      // Each word that was heard stands at the first right one, so one of them is a row with what
      // is said before, and with what is said after a single right one.
      if (same == rest.size() && same > 1 && same < way.heard.size()) {
        add(phrase, phrase.size(), with(before, List.of(way.term(0))), ways);
      } else if (same == way.heard.size() && (same < rest.size() || same > 1)) {
        add(phrase, from + same, with(before, way.terms()), ways);
      }
    }
    add(phrase, from + 1, with(before, List.of(rest.getFirst())), ways);
  }

  private static List<String> with(List<String> before, List<String> terms) {
    List<String> all = new ArrayList<>(before);
    all.addAll(terms);
    return List.copyOf(all);
  }

  /** How many words two rows have in common from their beginning on. */
  private static int same(List<String> a, List<String> b) {
    int same = 0;
    while (same < Math.min(a.size(), b.size()) && a.get(same).equals(b.get(same))) {
      same++;
    }
    return same;
  }
}
