package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.search.lucene.LuceneSearchEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All pages of a search are read, also if there was no time for one of them at first. */
class PageReaderTest {
  @TempDir Path folder;

  @Test
  void aPageThatWasCutIsReadAgain() throws Exception {
    LargeVocabulary.write(folder.resolve("corpus"));
    Corpora.index(folder.resolve("index"), folder.resolve("corpus"));
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder.resolve("index"))) {
      SearchRequest request = SearchRequest.of("the").withLimit(100);
      long total = engine.search(request).total();
      PageReader pages = new PageReader(engine, request);
      Set<String> read = new HashSet<>(pages.next().momentIds());
      int cut = 0;
      while (pages.hasNext()) {
        RequestBudget.of(Duration.ZERO)
            .run(() ->
                assertThatThrownBy(pages::next)
                    .isInstanceOf(PageReader.CutException.class)
                    .hasMessage("only " + read.size() + " of " + total + " hits could be read"));
        cut++;
        read.addAll(pages.next().momentIds());
      }
      assertThat(cut).isPositive();
      assertThat(read).hasSize((int) total);
    }
  }
}
