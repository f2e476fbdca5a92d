package dev.earmark.bench;

import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.schema.Schema;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks an engine what the bench wants to know, as somebody would who pages through answers. */
final class Searches {
  private static final int DEPTH = 100;

  private Searches() {}

  /** Indexes all that lies under some paths. */
  static IndexSummary index(Path index, List<Path> paths) throws IOException {
    try (LuceneIndexSink sink = LuceneIndexSink.open(index)) {
      return new Indexer(sink, (id, done, of, words) -> {}).run(paths);
    }
  }

  /**
   * Where the first hit stands that answers a question, from 1; 0 if none of the first {@value
   * #DEPTH} does.
   *
   * @param inEpisode whether to ask for hits of the right episode only
   */
  static int rank(SearchEngine engine, KnownMoment moment, boolean inEpisode) throws IOException {
    return rank(engine, moment, inEpisode, SearchRequest.Mode.WORDS);
  }

  /** The same, found by words, by meaning or by both. */
  static int rank(
      SearchEngine engine, KnownMoment moment, boolean inEpisode, SearchRequest.Mode mode)
      throws IOException {
    SearchRequest request = SearchRequest.of(moment.query()).withLimit(DEPTH).withMode(mode);
    if (inEpisode) {
      request = request.withFilter(Schema.EPISODE, moment.episode());
    }
    int rank = 0;
    for (Hit hit : engine.search(request).hits()) {
      rank++;
      if (moment.isAnsweredBy(hit)) {
        return rank;
      }
    }
    return 0;
  }

  /** Measures how the turns of a meeting are found by its questions. */
  static void measure(SearchEngine engine, Meeting meeting, TurnMeasure measure)
      throws IOException {
    measure(engine, meeting, meeting.questions(), SearchRequest.Mode.WORDS, measure);
  }

  /** The same for some questions, found by words, by meaning or by both. */
  static void measure(
      SearchEngine engine,
      Meeting meeting,
      List<Meeting.Asked> questions,
      SearchRequest.Mode mode,
      TurnMeasure measure)
      throws IOException {
    Map<String, List<Integer>> turnsOf = new HashMap<>();
    for (StoredMoment moment : engine.moments(meeting.id())) {
      turnsOf.put(
          moment.id(), moment.moment().anchor().span().map(meeting::turnsWithin).orElse(List.of()));
    }
    for (Meeting.Asked question : questions) {
      SearchRequest request =
          SearchRequest.of(KnownMoment.asQuery(question.text()))
              .withFilter(Schema.EPISODE, meeting.id())
              .withLimit(SearchRequest.MOST_HITS)
              .withMode(mode);
      BitSet matched = new BitSet();
      // Inside one episode all are listed that have any of the words.
      SearchRequest any =
          request.withMatch(SearchRequest.Match.ANY).withMode(SearchRequest.Mode.WORDS);
      if (mode != SearchRequest.Mode.MEANING) {
        for (Hit.Match match : engine.matches(meeting.id(), any)) {
          turnsOf.getOrDefault(match.momentId(), List.of()).forEach(matched::set);
        }
      }
      List<List<Integer>> hits = new ArrayList<>();
      BitSet listed = new BitSet();
      SearchPage page = engine.search(request);
      while (true) {
        for (Hit hit : page.hits()) {
          List<Integer> turns = turnsOf.getOrDefault(hit.moment().id(), List.of());
          hits.add(turns);
          turns.forEach(listed::set);
        }
        // What is listed for its meaning is read in its own place, wherever in the list it stands.
        boolean enough =
            mode == SearchRequest.Mode.WORDS
                && listed.cardinality() > meeting.turns().size() / 3
                && listed.intersects(question.turns());
        if (enough || page.next() == null) {
          break;
        }
        page = engine.search(request.withCursor(page.next()));
      }
      if (mode != SearchRequest.Mode.WORDS) {
        matched.or(listed);
      }
      measure.add(hits, matched, question.turns(), meeting.turns().size());
    }
  }
}
