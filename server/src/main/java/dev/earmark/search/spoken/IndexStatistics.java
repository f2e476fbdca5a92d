package dev.earmark.search.spoken;

import dev.earmark.index.StoredMoment;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What planning a query needs to know of a snapshot: words, names and counts.
 *
 * <p>An engine makes one a search. Costly results are cached with the snapshot.
 */
public interface IndexStatistics {

  /** How many documents the index has, moments and episodes. */
  int documents() throws IOException;

  /** How many moments have a term of a field; of the text also stems. */
  int frequency(String field, String term) throws IOException;

  /** How many moments hold a word, or have a stem. */
  default int frequency(String term) throws IOException {
    return frequency(Schema.TEXT_FIELD, term);
  }

  /**
   * Whether two words are said as one. Most are not, so an engine that guesses first guesses that.
   *
   * @param joined both as one word
   */
  default boolean isSaidAsOne(String joined) throws IOException {
    return frequency(joined) > 0;
  }

  /**
   * Whether hints help. They do where each question takes a while, so that several are asked at
   * once.
   */
  default boolean takesHints() {
    return false;
  }

  /** Tells that the frequencies of some terms of the text are asked for next: a hint. */
  default void lookUp(Collection<String> terms) throws IOException {}

  /** Those of some rows of words that are said somewhere, at most so many, in their order. */
  List<List<String>> saidInARow(List<List<String>> rows, int most) throws IOException;

  /** How many moments match a query. */
  int count(SpokenQuery query) throws IOException;

  /** Whether so many moments match a query, or more. */
  boolean hasAtLeast(int wanted, SpokenQuery query) throws IOException;

  /** The languages of the sources, as they are tagged. */
  List<String> languageTags() throws IOException;

  /** The primary languages of the sources. */
  List<String> languages() throws IOException;

  /** Those of some folded names that a field has. */
  Set<String> names(String field, Collection<String> names) throws IOException;

  /** The folded names of a field that have all of some words. */
  List<String> namesWith(String field, Collection<String> words) throws IOException;

  /** The folded names of a field that have any of some words, each once. */
  List<String> namesWithAny(String field, Collection<String> words) throws IOException;

  /**
   * The words that differ from one in at most so many letters, wrong, missing, extra or swapped,
   * but not in the first; those that differ in fewer of their letters first.
   */
  List<Spelled> spelled(String word, int edits) throws IOException;

  /** A word and how near it is to another, 0 to 1. */
  record Spelled(String word, float nearness) {}

  /** The moments of an episode, in order; as many as there is time for. */
  List<StoredMoment> moments(String episodeId) throws IOException;

  /**
   * The first terms of all stretches of heard words, where more or fewer are right; see {@link
   * dev.earmark.text.SpokenTerms#heardTerm}.
   */
  List<String> heard() throws IOException;

  /** The words that are said. */
  SaidWords words() throws IOException;

  /** Works something out from an index. */
  interface Maker<T> {
    T from(IndexStatistics index) throws IOException;
  }

  /**
   * What is worked out once a snapshot; see {@link SnapshotParts#once}.
   *
   * @param maker gets statistics that may be kept, and used by several threads
   */
  <T> T once(Class<T> type, Maker<T> maker) throws IOException;
}
