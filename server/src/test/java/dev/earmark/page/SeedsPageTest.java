package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.http.EarmarkServer;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example episode, whose documents are placed by the one of them that has times. */
class SeedsPageTest {
  @TempDir Path folder;

  @Test
  void theDocumentThatKnowsTheTimesLeadsAndTheOthersStandBesideIt() throws Exception {
    Corpora.index(folder, Corpora.SEEDS);
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder);
        EarmarkServer server = EarmarkServer.start(engine, 0)) {
      Document page =
          Jsoup.connect(
                  "http://127.0.0.1:" + server.port() + "/e/dario-amodei-2026?t=21:25&q=bullshit")
              .get();
      assertThat(page.select("main h2").first().text()).isEqualTo("Video digest");
      assertThat(page.select(".margin a").eachText())
          .anyMatch(note -> note.contains("Anthropic 2024 Revenue"));
      assertThat(page.select("a.time[title^=Somewhere]"))
          .anySatisfy(time -> {
            assertThat(time.attr("title"))
                .matches("Somewhere in this stretch, by section; \\d\\d% sure");
            assertThat(time.text()).matches("in [\\d:]+–[\\d:]+");
          });
      assertThat(page.select("main h2").eachText()).contains("Chapter summaries");
    }
  }
}
