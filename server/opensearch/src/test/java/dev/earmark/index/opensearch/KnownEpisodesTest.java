package dev.earmark.index.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.index.EpisodeEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer knows of an index of more episodes than it reads at a time. */
@Tag("cluster")
class KnownEpisodesTest {
  private static final int EPISODES = OpenSearchIndex.PAGE + 103;

  private final ClusterCorpus corpus = ClusterCorpus.in(OpenSearchCluster.shared());

  @TempDir Path folder;

  @Test
  void isReadFromTheIndexByThePageAndByTheBatch() throws Exception {
    for (int i = 0; i < EPISODES; i++) {
      Files.writeString(
          folder.resolve("talk-" + i + ".vtt"),
          "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>word number " + i + "\n");
    }
    assertThat(corpus.index(folder).added()).isEqualTo(EPISODES);

    try (OpenSearchClient client = OpenSearchClient.open(corpus.settings())) {
      String index = OpenSearchIndex.forReading(client).name();
      Map<String, EpisodeEntry> all = OpenSearchIndex.episodes(client, index);
      KnownEpisodes known = new KnownEpisodes(client, index, null);

      assertThat(all).hasSize(EPISODES);
      assertThat(known).hasSize(EPISODES);
      Map<String, EpisodeEntry> read = new HashMap<>();
      known.forEach((id, entry) -> assertThat(read.put(id, entry)).isNull());
      assertThat(read).isEqualTo(all);

      known.lookUp(IntStream.range(0, EPISODES + 1).mapToObj(i -> "talk-" + i).toList());
      long before = client.requests();
      all.forEach((id, entry) -> assertThat(known.get(id)).isEqualTo(entry));
      assertThat(known.get("talk-" + EPISODES)).isNull();
      assertThat(client.requests()).as("what was looked up is not asked again").isEqualTo(before);

      known.written("talk-7");
      assertThat(known.get("talk-7")).isEqualTo(all.get("talk-7"));
      assertThat(client.requests()).isEqualTo(before + 1);
    }
    assertThat(corpus.index(folder).unchanged()).isEqualTo(EPISODES);
  }

  @Test
  void tellsWhatAReplacedIndexHasUntilItIsWritten() throws Exception {
    ClusterCorpus old = ClusterCorpus.in(OpenSearchCluster.shared());
    for (int i = 0; i < 3; i++) {
      Files.writeString(
          folder.resolve("talk-" + i + ".vtt"), "WEBVTT\n\n00:01.000 --> 00:02.000\nword\n");
    }
    old.index(folder);
    corpus.index(folder.resolve("talk-1.vtt"));

    try (OpenSearchClient client = OpenSearchClient.open(corpus.settings());
        OpenSearchClient before = OpenSearchClient.open(old.settings())) {
      KnownEpisodes known =
          new KnownEpisodes(
              client,
              OpenSearchIndex.forReading(client).name(),
              OpenSearchIndex.forReading(before).name());

      assertThat(known).hasSize(3).containsOnlyKeys("talk-0", "talk-1", "talk-2");
      for (int i = 0; i < 2; i++) {
        assertThat(known.get("talk-0").fingerprint()).isEmpty();
        assertThat(known.get("talk-1").fingerprint()).isNotEmpty();
        assertThat(known.get("talk-3")).isNull();
        known.written("talk-0");
        known.lookUp(java.util.List.of("talk-0", "talk-1", "talk-3"));
      }
    }
  }
}
