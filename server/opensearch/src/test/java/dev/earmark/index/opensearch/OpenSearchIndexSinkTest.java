package dev.earmark.index.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.schema.Schema;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.Words;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to OpenSearch, looked at past Earmark and beside the embedded index. */
@Tag("cluster")
class OpenSearchIndexSinkTest {
  private final OpenSearchCluster cluster = OpenSearchCluster.shared();
  private final ClusterCorpus corpus = ClusterCorpus.in(cluster);

  @TempDir Path folder;

  @Test
  void holdsWhatTheEmbeddedIndexHolds() throws Exception {
    Corpora.index(folder.resolve("index"), Corpora.SEEDS);
    IndexSummary summary = corpus.index(Corpora.SEEDS);

    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder.resolve("index"));
        OpenSearchClient client = OpenSearchClient.open(corpus.settings())) {
      Map<String, EpisodeEntry> episodes =
          OpenSearchIndex.episodes(client, OpenSearchIndex.forReading(client).name());
      assertThat(episodes.values()).containsExactlyElementsOf(byId(engine.episodes()));
      for (String id : episodes.keySet()) {
        assertThat(moments(id)).isEqualTo(engine.moments(id));
      }
    }
    assertThat(corpus.count(Schema.ORDINAL)).isEqualTo(summary.moments());
    assertThat(corpus.index(Corpora.SEEDS).unchanged()).isEqualTo(summary.added());
  }

  private static List<EpisodeEntry> byId(List<EpisodeEntry> entries) {
    List<EpisodeEntry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(entry -> entry.episode().id()));
    return sorted;
  }

  private List<StoredMoment> moments(String episodeId) throws Exception {
    JsonNode answer =
        cluster.ask(
            "POST",
            "/" + corpus.name() + "/_search",
            "{\"size\":10000,\"stored_fields\":[\"moment\"],\"query\":{\"term\":{\"episode\":\"%s\"}},\"sort\":[\"ordinal\"]}"
                .formatted(episodeId));
    List<StoredMoment> moments = new ArrayList<>();
    for (JsonNode hit : answer.at("/hits/hits")) {
      byte[] bytes = Base64.getDecoder().decode(hit.at("/fields/moment/0").asText());
      moments.add(MomentCodec.decode(bytes, 0, bytes.length));
    }
    return moments;
  }

  @Test
  void findsAPhraseWhereItBeginsAndNowhereElse() throws Exception {
    Files.writeString(
        folder.resolve("talk.vtt"),
        """
        WEBVTT

        00:01.000 --> 00:02.000
        <v Ann>to be

        00:02.000 --> 00:03.000
        <v Bob>or

        00:03.000 --> 00:04.000
        <v Ann>not to be, or not
        """);
    corpus.index(folder);

    assertThat(phrase("to be or not to be")).containsExactly(0);
    assertThat(phrase("or not")).containsExactly(1, 2);
    assertThat(phrase("to be")).containsExactly(0, 2);
    assertThat(phrase("be or")).containsExactly(0, 2);
    assertThat(phrase("not or")).isEmpty();
  }

  private List<Integer> phrase(String phrase) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    var search = mapper.createObjectNode();
    var near = search.putObject("query").putObject("span_near");
    near.put("in_order", true).put("slop", 0);
    var clauses = near.putArray("clauses");
    String[] words = Words.of(phrase).folded();
    for (int i = 0; i < words.length; i++) {
      String word = OpenSearchTerms.word(words[i]);
      var either = clauses.addObject().putObject("span_or").putArray("clauses");
      either.addObject().putObject("span_term").put(Schema.TEXT_FIELD, word);
      if (i > 0) {
        String continued = OpenSearchTerms.continued(word);
        either.addObject().putObject("span_term").put(Schema.TEXT_FIELD, continued);
      }
    }
    search.putArray("docvalue_fields").add(Schema.ORDINAL);
    search.putArray("sort").add(Schema.ORDINAL);
    List<Integer> ordinals = new ArrayList<>();
    for (JsonNode hit :
        cluster.ask("POST", "/" + corpus.name() + "/_search", search.toString()).at("/hits/hits")) {
      ordinals.add(hit.at("/fields/ordinal/0").asInt());
    }
    return ordinals;
  }

  @Test
  void replacesAnEpisodeAsAWhole() throws Exception {
    Path talk = folder.resolve("talk.vtt");
    Files.writeString(talk, turns("one", "two", "three", "four"));
    assertThat(corpus.index(folder).added()).isEqualTo(1);
    assertThat(corpus.count(Schema.ORDINAL)).isEqualTo(4);

    Files.writeString(talk, turns("five", "six"));
    assertThat(corpus.index(folder).changed()).isEqualTo(1);

    Map<Integer, String> texts = new TreeMap<>();
    for (StoredMoment moment : moments("talk")) {
      texts.put(moment.ordinal(), moment.moment().body());
    }
    assertThat(texts).containsExactlyInAnyOrderEntriesOf(Map.of(0, "five", 1, "six"));
    assertThat(corpus.count(Mapping.ENTRY)).isEqualTo(1);
  }

  @Test
  void keepsAPictureAsLongAsAnEpisodeNamesIt() throws Exception {
    for (int i = 0; i < 2; i++) {
      Path talk = Files.createDirectories(folder.resolve("show/talk" + i));
      Files.writeString(talk.resolve("episode.yaml"), "title: Talk " + i + "\n");
      Files.writeString(talk.resolve("talk.vtt"), turns("one", "two"));
    }
    Path cover = folder.resolve("show/cover.png");
    BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", cover.toFile());
    corpus.index(folder);
    assertThat(corpus.count(Mapping.ARTWORK)).isEqualTo(1);
    assertThat(corpus.count(Mapping.PICTURES)).isEqualTo(2);

    Files.writeString(folder.resolve("show/talk0/talk.vtt"), turns("three"));
    corpus.index(folder);
    assertThat(corpus.count(Mapping.ARTWORK)).as("named by both").isEqualTo(1);

    Files.delete(cover);
    corpus.index(folder);
    assertThat(corpus.count(Mapping.PICTURES)).isZero();
    assertThat(corpus.count(Mapping.ARTWORK)).as("named by none").isZero();
  }

  /** Captions of two who speak by turns, so that each is a moment of its own. */
  private static String turns(String... texts) {
    StringBuilder captions = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < texts.length; i++) {
      captions.append(
          "\n%02d:00.000 --> %02d:02.000\n<v %s>%s\n"
              .formatted(i, i, i % 2 == 0 ? "Ann" : "Bob", texts[i]));
    }
    return captions.toString();
  }
}
