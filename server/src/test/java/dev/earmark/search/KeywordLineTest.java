package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeywordLineTest {
  @TempDir Path folder;

  private List<KeywordLine> lines(String captions, String query) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("talk.vtt"), "WEBVTT\n\n" + captions);
    Corpora.index(folder.resolve("index"), corpus);
    List<KeywordLine> lines = new ArrayList<>();
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder.resolve("index"))) {
      for (Hit hit : engine.search(SearchRequest.of(query)).hits()) {
        lines.addAll(KeywordLine.of(hit));
      }
    }
    return lines;
  }

  @Test
  void everyOccurrenceIsALineWithTheWordsOnEitherSide() throws IOException {
    List<KeywordLine> lines =
        lines("00:01.000 --> 00:09.000\nThe tide turns, and with the tide the boats.\n", "tide");
    assertThat(lines)
        .extracting(KeywordLine::left, KeywordLine::match, KeywordLine::right)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "The", "tide", "turns, and with the tide the boats."),
            org.assertj.core.groups.Tuple.tuple(
                "The tide turns, and with the", "tide", "the boats."));
    assertThat(lines.get(1).atMs()).isGreaterThan(lines.get(0).atMs());
  }
}
