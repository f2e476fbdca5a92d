package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All pages of a search are read, also if there was no time for one of them at first. */
class PageReaderTest {
  private static final int TIMES = 130;

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

  private static List<String> texts(PageReader pages) throws IOException {
    List<String> texts = new ArrayList<>();
    while (pages.hasNext()) {
      pages.next().hits().forEach(hit -> texts.add(hit.moment().moment().text()));
    }
    return texts;
  }

  /** Over several pages, and in whatever order they are asked for. */
  @Test
  void whatHasOnlySomeIsLeftOut() throws IOException {
    Path talks = Files.createDirectory(folder.resolve("talks"));
    StringBuilder talk = new StringBuilder("# Talk\n\n");
    for (int i = 0; i < TIMES; i++) {
      talk.append("Note ").append(i).append(": a harbour.\n\n");
      talk.append("Filler. ".repeat(120)).append("\n\n");
      talk.append("Note ").append(i).append(": the tide of the harbour.\n\n");
      talk.append("Filler. ".repeat(120)).append("\n\n");
    }
    Files.writeString(talks.resolve("talk.md"), talk);
    Files.writeString(talks.resolve("other.md"), "# Other\n\nOnly a harbour.\n");
    Corpora.index(folder.resolve("index"), talks);
    try (SearchEngine engine = LuceneSearchEngine.open(folder.resolve("index"))) {
      SearchRequest inside =
          SearchRequest.of("tide harbour").withFilter("episode", "talk").withLimit(20);
      assertThat(texts(new PageReader(engine, inside)))
          .anyMatch(text -> text.contains("a harbour"));
      for (SearchRequest.Sort sort : SearchRequest.Sort.values()) {
        PageReader meant = PageReader.ofMeant(engine, inside.withSort(sort));
        assertThat(texts(meant))
            .as(sort.id())
            .hasSize(TIMES)
            .allMatch(text -> text.contains("the tide of the harbour"));
        assertThat(meant.isWhole()).isTrue();
      }
      SearchRequest other = SearchRequest.of("tide harbour").withFilter("episode", "other");
      assertThat(texts(PageReader.ofMeant(engine, other))).isEmpty();
      SearchRequest one = SearchRequest.of("harbour");
      assertThat(texts(PageReader.ofMeant(engine, one))).hasSize(2 * TIMES + 1);
    }
  }
}
