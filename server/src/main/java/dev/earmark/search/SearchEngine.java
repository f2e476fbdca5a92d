package dev.earmark.search;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.query.ParsedQuery;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An index opened for reading.
 *
 * <p>Every answer comes from one snapshot of the index; the next may come from a newer one. All
 * methods may be called from several threads.
 */
public interface SearchEngine extends AutoCloseable {

  /**
   * Answers a query.
   *
   * @throws BadRequestException if the request asks for something there is not, such as a cursor of
   *     another search
   */
  SearchPage search(SearchRequest request) throws IOException;

  /**
   * Explains the scores of hits, by the slow and readable definitions. The value of each
   * explanation equals the score that the search gives the hit.
   *
   * @param request the search, with the cursor of the page the hits are on
   * @param momentIds the hits; those that do not match are left out
   */
  Map<String, Explanation> explain(SearchRequest request, Collection<String> momentIds)
      throws IOException;

  /** Explains the score of one hit; empty if it does not match. */
  default Optional<Explanation> explain(SearchRequest request, String momentId) throws IOException {
    return Optional.ofNullable(explain(request, List.of(momentId)).get(momentId));
  }

  /** All episodes, newest first; those without a date last, by title; as far as there is time. */
  default List<EpisodeEntry> episodes() throws IOException {
    return episodes(0, Integer.MAX_VALUE);
  }

  /** Some episodes in that order, beginning with the one at a place. */
  List<EpisodeEntry> episodes(int from, int most) throws IOException;

  /** The place of an episode in that order; empty if it is not there. */
  OptionalInt place(String episodeId) throws IOException;

  /** The episode of this id. */
  Optional<EpisodeEntry> episode(String id) throws IOException;

  /** The moments of an episode in the order of its sources; empty if there is no such episode. */
  List<StoredMoment> moments(String episodeId) throws IOException;

  /**
   * The moments of the transcripts of an episode that hold the same words as one that is searched,
   * and are kept to be read; empty if there are none.
   */
  List<StoredMoment> alternatives(String episodeId) throws IOException;

  /** The bytes of a picture that an episode names, JPEG or WebP; empty if there is none. */
  Optional<byte[]> picture(String id) throws IOException;

  /**
   * Every place in an episode where a query matches, in the order of the recording; places without
   * a time last.
   *
   * @param request what is asked for; its cursor, order and grouping do not matter
   */
  List<Hit.Match> matches(String episodeId, SearchRequest request) throws IOException;

  /** The same for a query that is asked as usual. */
  default List<Hit.Match> matches(String episodeId, ParsedQuery query) throws IOException {
    return matches(episodeId, SearchRequest.of(query.text()));
  }

  /**
   * Where what is asked for lies in some episodes, by their ids; an episode that is not there is
   * left out.
   *
   * @param request what is asked for; its cursor, order and grouping do not matter
   */
  Map<String, Outline> outlines(SearchRequest request, List<String> episodeIds) throws IOException;

  /** How often a phrase is said, word for word; a text without a word is never said. */
  default Trend trend(String phrase, Trend.By by) throws IOException {
    return trend(phrase, by, SearchRequest.of(""));
  }

  /**
   * How often a phrase is said, word for word, in a part of what there is.
   *
   * @param scope tells which part by its filters and its days; all else of it does not matter
   */
  Trend trend(String phrase, Trend.By by, SearchRequest scope) throws IOException;

  /** The profile of a speaker, by name; case and accents do not matter. */
  Optional<SpeakerProfile> speaker(String name) throws IOException;

  /** The profile of a show, by name; case and accents do not matter. */
  Optional<ShowProfile> show(String name) throws IOException;

  /** A moment by its id; empty if there is none. */
  default Optional<StoredMoment> moment(String id) throws IOException {
    // Names of episodes and of sources may both have a colon in them.
    for (int at = id.indexOf(':'); at > 0; at = id.indexOf(':', at + 1)) {
      for (StoredMoment moment : moments(id.substring(0, at))) {
        if (moment.id().equals(id)) {
          return Optional.of(moment);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What is like a moment in meaning: other moments, who else speaks of it, or where. Empty if
   * there is no such moment. An engine that knows words only finds nothing, and says so.
   *
   * @param scope what is looked among, by its filters and days, and how many are wanted, by its
   *     limit; all else of it does not matter
   */
  default Optional<Similar> similar(String momentId, Similar.By by, SearchRequest scope)
      throws IOException {
    Optional<StoredMoment> moment = moment(momentId);
    if (moment.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Similar(
            moment.get(),
            episode(moment.get().episodeId()).orElseThrow().episode(),
            List.of(),
            List.of(),
            SearchPage.Meaning.WORDS_ONLY));
  }

  /**
   * The passages that answer a question. An engine that knows words only finds none, and says so.
   *
   * @param request the question, and what is looked among; its mode, order and page do not matter
   */
  default Quotations quotations(SearchRequest request) throws IOException {
    return new Quotations(
        request.query().text(),
        request.query().notUnderstood(),
        List.of(),
        false,
        SearchPage.Meaning.WORDS_ONLY);
  }

  /**
   * Completes what somebody is typing.
   *
   * <p>Suggestions are prepared in the background after the first request. Until then the list is
   * empty, and after a change of the index it is that of an older snapshot.
   *
   * @param limit how many at most
   */
  List<Suggestion> suggest(String typed, int limit) throws IOException;

  /**
   * The number of the snapshot that answers come from now, at no cost. While it stays the same, so
   * do the answers to a request. Newer snapshots have higher numbers; a cursor is good at least as
   * long as its snapshot is the newest. Empty if an engine cannot tell.
   */
  default OptionalLong state() throws IOException {
    return OptionalLong.empty();
  }

  /**
   * Works out in the background what all answers share, so that the first who asks waits less. For
   * who opens an engine to answer many questions.
   */
  default void warmUp() {}

  /** How large the index is. */
  IndexStatus status() throws IOException;

  @Override
  void close() throws IOException;
}
