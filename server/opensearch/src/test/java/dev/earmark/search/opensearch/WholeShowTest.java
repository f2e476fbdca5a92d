package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexSummary;
import dev.earmark.search.Corpora;
import dev.earmark.search.MadeTalks;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The seeds and all of a show, made or real, some dozens of episodes, on three nodes and embedded:
 * the same episodes, totals, facets and best hits for what people ask.
 */
@Tag("cluster")
class WholeShowTest {
  /** Of more hits their number is compared, and what the facets count. */
  private static final int MOST_COMPARED = 600;

  private static final List<String> QUERIES =
      List.of(
          "",
          "lightning",
          "channel jamming",
          "what is a miniscript descriptor",
          "compute export controls",
          "\"lightning network\"",
          "\"so I think that the\"",
          "\"country of geniuses\"",
          "\"block relay\"~4",
          "+schnorr +signature -taproot",
          "mempool OR compute",
          "watchtow*",
          "lihgtning~",
          "speaker:\"Dario Amodei\" scaling",
          "kind:quote geniuses",
          "after:2021-01-01 utxo",
          "utreexxo",
          "zzyzx qwrtp");

  @TempDir Path folder;

  /** What people ask of the show that is made of the seeds. */
  private static final List<String> OF_MADE =
      List.of(
          "",
          "compute",
          "export controls",
          "what do they say about data centers",
          "\"country of geniuses\"",
          "\"so I think that the\"",
          "\"a lot of\"",
          "\"compute chips\"~6",
          "+models +compute -chips",
          "revenue OR scaling",
          "infra*",
          "compuet~",
          "speaker:\"Ben Orr\" scaling",
          "kind:quote geniuses",
          "after:2021-01-01 models",
          "antropic",
          "zzyzx qwrtp");

  @Test
  void answersOfAMadeShowAsTheEmbeddedEngineDoes() throws Exception {
    Path show = folder.resolve("show");
    new MadeTalks(20_261_128).write(show, "Made", 28, 3_000);
    answersAsTheEmbeddedEngineDoes(show, OF_MADE);
  }

  @Test
  void answersOfARealShowAsTheEmbeddedEngineDoes() throws Exception {
    Path show = Corpora.SHARED.resolve("corpora/bitcoin/chaincode-podcast");
    Assumptions.assumeTrue(
        Files.isDirectory(show),
        () ->
            "that a cluster answers of a real show as the embedded engine does ("
                + show
                + " is not there; a made show was asked)");
    answersAsTheEmbeddedEngineDoes(show, QUERIES);
  }

  private void answersAsTheEmbeddedEngineDoes(Path show, List<String> queries) throws Exception {
    Corpora.index(folder.resolve("index"), Corpora.SEEDS, show);
    ClusterCorpus inCluster = ClusterCorpus.in(OpenSearchCluster.shared());
    IndexSummary summary = inCluster.index(Corpora.SEEDS, show);
    assertThat(summary.added()).isGreaterThan(24);

    try (LuceneSearchEngine embedded = LuceneSearchEngine.open(folder.resolve("index"));
        OpenSearchEngine cluster =
            OpenSearchEngine.open(inCluster.settings(), Duration.ofSeconds(60))) {
      assertThat(byId(cluster.episodes())).isEqualTo(byId(embedded.episodes()));
      assertThat(cluster.status().moments()).isEqualTo(embedded.status().moments());
      long hits = 0;
      for (String query : queries) {
        SearchRequest request = SearchRequest.of(query).withLimit(100);
        hits += same(cluster, embedded, request);
        String speaker = aSpeaker(embedded.search(request));
        if (speaker != null) {
          SearchRequest theirs = request.withFilter("speaker", speaker);
          hits += same(cluster, embedded, theirs);
        }
      }
      assertThat(hits).as("hits that were compared").isGreaterThan(500);
    }
  }

  private static List<EpisodeEntry> byId(List<EpisodeEntry> episodes) {
    return episodes.stream().sorted(Comparator.comparing(entry -> entry.episode().id())).toList();
  }

  private static String aSpeaker(SearchPage page) {
    return page.facets().getOrDefault("speaker", List.of()).stream()
        .map(SearchPage.FacetValue::value)
        .findFirst()
        .orElse(null);
  }

  /** Compares two answers, and gives how many hits were the same. */
  private static int same(SearchEngine cluster, SearchEngine embedded, SearchRequest request)
      throws IOException {
    SearchPage page = cluster.search(request);
    SearchPage model = embedded.search(request);
    String what = request.query().text() + " " + request.filters();
    assertThat(page.total()).as("total of " + what).isEqualTo(model.total());
    assertThat(page.nearTotal()).as("near of " + what).isEqualTo(model.nearTotal());
    assertThat(page.didYouMean()).as(what).isEqualTo(model.didYouMean());
    for (Map.Entry<String, List<SearchPage.FacetValue>> facet : model.facets().entrySet()) {
      assertThat(page.facets().get(facet.getKey()))
          .as(facet.getKey() + " of " + what)
          .isEqualTo(facet.getValue());
    }
    assertThat(page.facetSizes()).as(what).isEqualTo(model.facetSizes());
    if (model.total() > MOST_COMPARED) {
      return 0;
    }
    List<String> hits = DifferentialTest.all(cluster, request);
    assertThat(hits).as("hits of " + what).isEqualTo(DifferentialTest.all(embedded, request));
    return hits.size();
  }
}
