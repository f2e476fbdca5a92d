package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.cluster.Talks;
import dev.earmark.index.IndexException;
import dev.earmark.index.opensearch.OpenSearchIndexSink;
import dev.earmark.index.opensearch.OpenSearchSettings;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indices under one alias are searched together; one that is missing is told. */
@Tag("cluster")
class SeveralIndicesTest {
  private static final int TURNS = 20;

  @TempDir Path folder;
  private final OpenSearchCluster cluster = OpenSearchCluster.shared();

  private ClusterCorpus corpus(int number) throws IOException {
    Path talks = Files.createDirectories(folder.resolve("of" + number));
    Files.writeString(talks.resolve("talk" + number + ".vtt"), Talks.talk(number, TURNS));
    ClusterCorpus corpus = ClusterCorpus.in(cluster);
    corpus.index(talks);
    return corpus;
  }

  @Test
  void areSearchedTogether() throws IOException {
    List<ClusterCorpus> corpora = List.of(corpus(1), corpus(2), corpus(3));
    String alias = corpora.getFirst().name() + "all";
    for (ClusterCorpus one : corpora) {
      ask("POST", "/" + one.name() + "-*/_alias/" + alias, "{}");
    }
    OpenSearchSettings all = OpenSearchSettings.of(List.of(cluster.address(0) + "/" + alias));
    SearchRequest everything = SearchRequest.of("").withLimit(17);
    try (OpenSearchEngine engine = OpenSearchEngine.open(all)) {
      assertThat(engine.status().episodes()).isEqualTo(3);
      assertThat(engine.status().moments()).isEqualTo(3 * TURNS);
      assertThat(engine.status().bytes()).isPositive();
      Set<String> seen = new HashSet<>();
      SearchPage page = engine.search(everything);
      while (page.next() != null) {
        page.hits().forEach(hit -> assertThat(seen.add(hit.moment().id())).isTrue());
        page = engine.search(everything.withCursor(page.next()));
      }
      page.hits().forEach(hit -> seen.add(hit.moment().id()));
      assertThat(seen).hasSize(3 * TURNS);
      for (String query : List.of("compute", "\"the and\"", "market people")) {
        long each = 0;
        for (ClusterCorpus one : corpora) {
          try (OpenSearchEngine alone = OpenSearchEngine.open(one.settings())) {
            each +=
                alone.search(SearchRequest.of(query).withNear(SearchRequest.Near.FALSE)).total();
          }
        }
        SearchRequest request = SearchRequest.of(query).withNear(SearchRequest.Near.FALSE);
        assertThat(engine.search(request).total()).as(query).isEqualTo(each);
      }
      assertThat(engine.search(everything).notUnderstood()).isEmpty();

      ask("POST", "/" + corpora.getLast().name() + "-*/_close", "");
      engine.refresh();
      SearchPage partial = engine.search(everything);
      assertThat(partial.total()).isEqualTo(2 * TURNS);
      assertThat(partial.notUnderstood())
          .singleElement()
          .satisfies(one ->
              assertThat(one.message())
                  .contains("the index " + corpora.getLast().name() + "-", "is closed"));
    }
    assertThatThrownBy(() -> OpenSearchIndexSink.open(all).close())
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("stands for several indices (")
        .hasMessageContaining(corpora.getFirst().name() + "-")
        .hasMessageContaining(corpora.getLast().name() + "-")
        .hasMessageContaining("give the name that stands for it alone");
  }

  private void ask(String method, String path, String body) throws IOException {
    assertThat(cluster.ask(method, path, body).has("error")).as(method + " " + path).isFalse();
  }
}
