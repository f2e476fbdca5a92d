package dev.earmark.index.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.index.IndexSink;
import dev.earmark.index.Indexer;
import dev.earmark.search.MadeTalks;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.opensearch.OpenSearchEngine;
import dev.earmark.search.rank.PassageScore;
import dev.earmark.search.rank.RankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A word weighs in a cluster what it weighs in a folder, in whichever shard it is said. */
@Tag("cluster")
class WordWeightsTest {
  private static final long SEED = 20_261_130;

  @TempDir Path talks;
  private final OpenSearchCluster cluster = OpenSearchCluster.shared();

  @BeforeEach
  void write() throws IOException {
    new MadeTalks(SEED).write(talks, "Made", 12, 2_000);
  }

  private OpenSearchSettings indexed(int shards) throws IOException {
    OpenSearchSettings settings = ClusterCorpus.in(cluster).settings().withShards(shards);
    try (IndexSink sink = OpenSearchIndexSink.open(settings)) {
      var unused = new Indexer(sink, (id, done, of, words) -> {}).run(List.of(talks));
    }
    return settings;
  }

  @Test
  void followFromHowOftenAWordIsSaid() throws IOException {
    OpenSearchSettings settings = indexed(2);
    PassageScore score = RankingModel.DEFAULT.passages();
    for (String word : List.of("market", "peopl", "year", "bank")) {
      JsonNode found =
          cluster.ask(
              "POST",
              "/" + settings.index() + "/_search?explain=true&search_type=dfs_query_then_fetch",
              "{\"size\":1,\"query\":{\"term\":{\"around\":{\"value\":\"%s\",\"boost\":2}}}}"
                  .formatted(word));
      JsonNode why = found.at("/hits/hits/0/_explanation/details/0");
      long all = (long) value(why, "field.docCount");
      double moments = value(why, "term.totalTermFreq") / Surroundings.PER_MENTION;
      assertThat(value(why, "weight"))
          .as("%s, about %s of %s moments", word, moments, all)
          .isBetween(
              2.0 * score.weight(1, (long) Math.ceil(moments), all) - 1e-4,
              2.0 * score.weight(1, (long) Math.floor(moments), all) + 1e-4);
    }
  }

  private static double value(JsonNode explanation, String description) {
    for (JsonNode detail : explanation.path("details")) {
      if (detail.path("description").asText().equals(description)) {
        return detail.path("value").asDouble();
      }
    }
    throw new AssertionError("no " + description + " in " + explanation);
  }

  @Test
  void areThoseOfTheWholeIndex() throws IOException {
    try (OpenSearchEngine whole = OpenSearchEngine.open(indexed(1));
        OpenSearchEngine divided = OpenSearchEngine.open(indexed(4))) {
      for (String query : List.of("people OR money", "market OR year OR bank", "people year")) {
        SearchRequest request = SearchRequest.of(query).withLimit(50);
        assertThat(ids(divided, request))
            .as(query)
            .hasSizeGreaterThan(5)
            .isEqualTo(ids(whole, request));
      }
    }
  }

  private static List<String> ids(OpenSearchEngine engine, SearchRequest request)
      throws IOException {
    return engine.search(request).hits().stream().map(hit -> hit.moment().id()).toList();
  }
}
