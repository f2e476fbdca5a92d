package dev.earmark.search.spoken;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to search, in terms common to all engines.
 *
 * <p>A {@link dev.earmark.query.Query} is what somebody typed. This is what to search for it in a
 * given snapshot: forms of words and their alternatives included. Each node documents which moments
 * match and how they score; engines translate it node by node. BM25 is {@link
 * dev.earmark.search.rank.Bm25}. Immutable.
 */
public sealed interface SpokenQuery {

  /** Two words in a row. */
  static Row row(String first, String second) {
    return new Row(List.of(first, second), 0);
  }

  /** All moments; scores 1. */
  record All() implements SpokenQuery {}

  /** No moment. */
  record None() implements SpokenQuery {}

  /**
   * Several queries together; scores the sum of what matches of those that must and those that may.
   *
   * @param must what has to match
   * @param should what may match
   * @param filter what has to match and does not score
   * @param mustNot what must not match
   * @param least how many of those that may have to; if nothing has to match, it is at least one
   */
  record Bool(
      List<SpokenQuery> must,
      List<SpokenQuery> should,
      List<SpokenQuery> filter,
      List<SpokenQuery> mustNot,
      int least)
      implements SpokenQuery {
    public Bool {
      must = List.copyOf(must);
      should = List.copyOf(should);
      filter = List.copyOf(filter);
      mustNot = List.copyOf(mustNot);
    }

    /** How many of those that may match have to. */
    public int needed() {
      return must.isEmpty() && filter.isEmpty() ? Math.max(1, least) : least;
    }
  }

  /**
   * Any of some words, ranked by what is said in and around a moment; see {@link
   * dev.earmark.search.rank.PassageScore}.
   */
  record Words(List<Forms> words) implements SpokenQuery {
    public Words {
      words = List.copyOf(words);
    }
  }

  /**
   * The moments where several things that are looked for come together; scores 0.
   *
   * <p>Behaves as if written: for each run of one or more moments that follow each other in an
   * episode, do they have parts that weigh {@code least} or more, and does no shorter run within
   * this one? Then, if at most {@code reach} words are spoken between the end of its first moment
   * and the start of its last, and it shares no moment with a run found before it, the first
   * matches. So a place is found once, where it begins, and a moment that has all by itself always
   * is. With {@code around}, all moments of a stretch of speech of so many words match that have a
   * part, if together they have enough.
   *
   * @param parts what is looked for, at most {@value #MOST_PARTS}
   * @param weights what each of them weighs, above 0
   * @param least how much of the weight has to be there, above 0 and at most all
   * @param reach how many words may be spoken between the ends of a run
   * @param around whether the moments around match as well
   */
  record Together(
      List<SpokenQuery> parts, List<Integer> weights, int least, int reach, boolean around)
      implements SpokenQuery {
    public static final int MOST_PARTS = 62;

    public Together {
      parts = List.copyOf(parts);
      weights = List.copyOf(weights);
      if (parts.size() != weights.size() || parts.isEmpty() || parts.size() > MOST_PARTS) {
        throw new IllegalArgumentException(
            "needs 1 to " + MOST_PARTS + " parts and a weight for each, got " + parts.size());
      }
    }

    /** Which of the runs of hits of an episode match. */
    public TogetherRuns runs() {
      return new TogetherRuns(
          weights.stream().mapToInt(Integer::intValue).toArray(), least, reach, around);
    }
  }

  /**
   * Two words or more that are spoken near each other; matches the moment in which they begin, and
   * scores BM25 as a phrase that is so often in it.
   *
   * @param slop 0 for words in a row; else the words in any order with at most so many others among
   *     them
   */
  record Row(List<String> words, int slop) implements SpokenQuery {
    public Row {
      words = List.copyOf(words);
      if (words.size() < 2) {
        throw new IllegalArgumentException("a row needs two words, got " + words);
      }
    }
  }

  /** A term of a field; scores BM25. */
  record Term(String field, String term) implements SpokenQuery {}

  /** Any of some terms of a field; scores 1. */
  record AnyTerm(String field, List<String> terms) implements SpokenQuery {
    public AnyTerm {
      terms = List.copyOf(terms);
    }
  }

  /**
   * Any of some words as if they were one; scores BM25 with their frequencies added up, each times
   * its weight.
   *
   * @param words the words and their weights, 0 to 1
   */
  record Synonyms(Map<String, Float> words) implements SpokenQuery {
    public Synonyms {
      words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }
  }

  /** Words that begin so; scores 1. */
  record Prefix(String prefix) implements SpokenQuery {}

  /** Another query whose score is multiplied. */
  record Boosted(SpokenQuery query, float by) implements SpokenQuery {}

  /** What another query matches, all with one score. */
  record Constant(SpokenQuery query, float score) implements SpokenQuery {}

  /** A number between two, both included; scores 1. */
  record Range(String field, long from, long to) implements SpokenQuery {}

  /** Gathers the parts of a {@link Bool}. Not thread-safe. */
  final class Builder {
    private final List<SpokenQuery> must = new ArrayList<>();
    private final List<SpokenQuery> should = new ArrayList<>();
    private final List<SpokenQuery> filter = new ArrayList<>();
    private final List<SpokenQuery> mustNot = new ArrayList<>();
    private int least;

    public Builder must(SpokenQuery query) {
      must.add(query);
      return this;
    }

    public Builder should(SpokenQuery query) {
      should.add(query);
      return this;
    }

    public Builder filter(SpokenQuery query) {
      filter.add(query);
      return this;
    }

    public Builder mustNot(SpokenQuery query) {
      mustNot.add(query);
      return this;
    }

    Builder least(int newLeast) {
      least = newLeast;
      return this;
    }

    public Bool build() {
      return new Bool(must, should, filter, mustNot, least);
    }
  }
}
