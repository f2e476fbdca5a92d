package dev.earmark.search;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A moment that matches.
 *
 * @param moment as it is kept in the index
 * @param episode the recording
 * @param atMs where to jump to: where the match is spoken if the moment is speech, else where the
 *     moment starts; null if it is not placed
 * @param snippet the part of its text to show
 * @param matches each place where the query matches, in the order of the text
 * @param further where words of the query are said that are not said in the moment itself, if
 *     several have to come together
 * @param why how it matches; null if the query has no words
 * @param score higher is better; comparable within one answer only
 * @param nearness how near what it means is to what the query means, a cosine; null if that was not
 *     compared
 */
public record Hit(
    StoredMoment moment,
    Episode episode,
    @Nullable Long atMs,
    Snippet snippet,
    List<Match> matches,
    List<Further> further,
    @Nullable Why why,
    double score,
    @Nullable Double nearness) {

  /** A hit of what knows words only. */
  public Hit(
      StoredMoment moment,
      Episode episode,
      @Nullable Long atMs,
      Snippet snippet,
      List<Match> matches,
      List<Further> further,
      @Nullable Why why,
      double score) {
    this(moment, episode, atMs, snippet, matches, further, why, score, null);
  }

  /** How the words of a query were found, the weakest of them. */
  public enum Why {
    EXACT,
    STEM,
    FUZZY,
    /** No word of the query was: what is said is near it in meaning. */
    MEANING;

    /** The name in the API. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A stretch of text, from a character to the one after the last, in UTF-16 units. */
  public record Range(int from, int to) {}

  /**
   * A part of a text and what to mark in it.
   *
   * @param text plain, never markup
   * @param highlights in order, none overlapping
   */
  public record Snippet(String text, List<Range> highlights) {}

  /**
   * A moment after a hit, in which more words of the query are said.
   *
   * @param atMs when the first of them is spoken; null if that is not known
   * @param snippet the part of its text to show
   */
  public record Further(
      String momentId, @Nullable String speaker, @Nullable Long atMs, Snippet snippet) {}

  /**
   * One place where a query matches.
   *
   * @param atMs when its first word is spoken; null if that is not known
   * @param endMs when its last word ends; null if that is not known
   * @param text the words, over all cues and speakers they touch
   * @param momentId the moment it begins in
   * @param from where it begins in the text of that moment, in UTF-16 units
   */
  public record Match(
      @Nullable Long atMs, @Nullable Long endMs, String text, String momentId, int from) {}
}
