package dev.earmark.bench;

import dev.earmark.schema.Schema;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Earmark in process, all facets, snippets and times of matches included. */
record EarmarkContender(SearchEngine engine) implements Contender {
  static EarmarkContender open(Path index) throws IOException {
    return new EarmarkContender(LuceneSearchEngine.open(index));
  }

  @Override
  public long search(Ask ask) throws IOException {
    SearchRequest request = SearchRequest.of(query(ask));
    if (ask.episode() != null) {
      request = request.withFilter(Schema.EPISODE, ask.episode());
    }
    return engine.search(request).total();
  }

  private static String query(Ask ask) {
    return switch (ask.kind()) {
      case TERM, ANY_OF_FOUR -> String.join(" ", ask.words());
      case ALL_OF_TWO ->
          ask.words().stream().map(word -> "+" + word).collect(Collectors.joining(" "));
      case PHRASE, PHRASE_IN_EPISODE -> '"' + String.join(" ", ask.words()) + '"';
    };
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
