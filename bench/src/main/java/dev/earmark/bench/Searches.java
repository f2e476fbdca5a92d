package dev.earmark.bench;

import dev.earmark.index.Indexer;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks an engine what the bench wants to know, as somebody would who pages through answers. */
final class Searches {
  private static final int DEPTH = 100;

  private Searches() {}

  /** Indexes all that lies under some paths. */
  static void index(Path index, List<Path> paths) throws IOException {
    try (LuceneIndexSink sink = LuceneIndexSink.open(index)) {
      var unused = new Indexer(sink, (id, done, of, words) -> {}).run(paths);
    }
  }

  /**
   * Where the first hit stands that answers a question, from 1; 0 if none of the first {@value
   * #DEPTH} does.
   *
   * @param inEpisode whether to ask for hits of the right episode only
   */
  static int rank(SearchEngine engine, KnownMoment moment, boolean inEpisode) throws IOException {
    SearchRequest request = SearchRequest.of(moment.query()).withLimit(DEPTH);
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

  /** The turns of a meeting as the hits of a question come upon them, at least so many if found. */
  static List<Integer> turns(SearchEngine engine, Meeting meeting, String question, int atLeast)
      throws IOException {
    SearchRequest request =
        SearchRequest.of(KnownMoment.asQuery(question))
            .withFilter(Schema.EPISODE, meeting.id())
            .withLimit(SearchRequest.MOST_HITS);
    Set<Integer> turns = new LinkedHashSet<>();
    SearchPage page = engine.search(request);
    while (true) {
      for (Hit hit : page.hits()) {
        hit.moment()
            .moment()
            .anchor()
            .span()
            .ifPresent(span -> turns.addAll(meeting.turnsWithin(span)));
      }
      if (page.next() == null || turns.size() >= atLeast) {
        return new ArrayList<>(turns);
      }
      page = engine.search(request.withCursor(page.next()));
    }
  }

  /** Measures the rankings of a meeting's turns. */
  static void measure(SearchEngine engine, Meeting meeting, TurnMeasure measure)
      throws IOException {
    int all = meeting.turns().size();
    for (Meeting.Asked question : meeting.questions()) {
      BitSet right = question.turns();
      measure.add(turns(engine, meeting, question.text(), all / 3 + 1), right, all);
    }
  }
}
