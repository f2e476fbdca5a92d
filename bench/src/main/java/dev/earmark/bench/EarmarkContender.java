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
  static final String SPEAKER = "speaker";

  static EarmarkContender open(Path index) throws IOException {
    return new EarmarkContender(LuceneSearchEngine.open(index));
  }

  @Override
  public long search(Ask ask) throws IOException {
    SearchRequest request = SearchRequest.of(query(ask));
    if (ask.episode() != null) {
      request = request.withFilter(Schema.EPISODE, ask.episode());
    }
    if (ask.speaker() != null) {
      request = request.withFilter(SPEAKER, ask.speaker());
    }
    return engine.search(request).total();
  }

  /** What one would type; filters come beside it. */
  static String query(Ask ask) {
    if (ask.kind().phrase) {
      return '"' + String.join(" ", ask.words()) + '"';
    }
    return ask.kind() == Ask.Kind.ALL_OF_TWO
        ? ask.words().stream().map(word -> "+" + word).collect(Collectors.joining(" "))
        : String.join(" ", ask.words());
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
